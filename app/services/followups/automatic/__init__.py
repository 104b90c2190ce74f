"""The rules that bring follow-ups by themselves: what falls due by each, the daily run, and its way back."""
