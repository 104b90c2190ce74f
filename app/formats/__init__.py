"""Bytes to records and back: no database, no files."""
