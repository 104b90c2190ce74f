"""A year of a shop, day by day: what the rules bring beside what plain Python says they should."""
