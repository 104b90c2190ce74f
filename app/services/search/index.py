"""Keeps the full-text index in step with customers, products and complaints."""

from sqlalchemy.orm import Session

from app.storage.journal import Journal


def refresh_touched(session: Session, journal: Journal) -> None:
    """Index anew what the running write touched."""
