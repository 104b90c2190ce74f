"""Settings of the shop and of this computer, the copies, and the record of what was done."""
