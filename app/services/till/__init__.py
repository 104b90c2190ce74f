"""A sale with its points: the use case above both."""
