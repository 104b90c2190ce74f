"""Plays a shop's counter at random and audits its ledger of points by the words of the rules alone."""
