"""Sales and their lines."""
