"""Member cards on screen: one person's, many on paper."""
