"""The complaint log."""
