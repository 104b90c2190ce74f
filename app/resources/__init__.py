"""Words and data that are not code."""
