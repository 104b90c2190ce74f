"""Rewards, coupons, punch cards, count cards and stored value."""
