"""What must survive: a process killed while it posts, and counters that sell at once."""
