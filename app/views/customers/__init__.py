"""Customers: the list, the card, and the form that fills it."""
