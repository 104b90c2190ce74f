"""Mapped classes, a module or package for each feature; `every` knows the whole schema."""
