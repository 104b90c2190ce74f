"""Data and words in, a matplotlib figure out: no shop file, no Qt."""
