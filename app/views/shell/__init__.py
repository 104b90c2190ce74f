"""The window around the screens."""
