"""Two cards of one person on screen: the list of pairs, the merge, and taking it apart."""
