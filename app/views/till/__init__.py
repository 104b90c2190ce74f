"""The till: scan, points, charge."""
