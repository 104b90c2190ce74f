"""Speed as ratios to the floor, measured in the same run; printed, never asserted."""
