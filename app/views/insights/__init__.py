"""The place of insights: figures with their counts, and charts that open the people behind them."""
