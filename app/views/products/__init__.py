"""The list of goods and what is done with it."""
