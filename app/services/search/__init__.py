"""Finding anything by any part of it."""
