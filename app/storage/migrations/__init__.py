"""Brings a shop file to the schema of this version; also how a new file gets its tables."""

from app.storage.migrations.upgrade import SCHEMA, upgrade

__all__ = ["SCHEMA", "upgrade"]
