"""The contact log."""

from app.services.interactions.log import ContactDraft, ContactRow, NobodyToLog, contacts, log_contact

__all__ = ["ContactDraft", "ContactRow", "NobodyToLog", "contacts", "log_contact"]
