"""Figures about the shop."""
