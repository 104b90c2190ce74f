"""Tiers: what they ask for, what fits, and how customers move between them (semantics.md, tiers)."""
