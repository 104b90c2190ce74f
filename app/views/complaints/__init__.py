"""The complaint log: the board, one case, and the entry at the counter."""
