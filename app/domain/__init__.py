"""Pure rules and words of the trade: no SQL, no Qt, no files, no clock."""
