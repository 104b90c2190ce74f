"""The contact log."""
