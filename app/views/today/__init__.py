"""The place where the day starts."""
