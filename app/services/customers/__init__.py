"""Customer cards."""
