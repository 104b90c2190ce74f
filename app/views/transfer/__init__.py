"""Bringing a file in, step by step."""
