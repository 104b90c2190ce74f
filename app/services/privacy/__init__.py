"""What a person may ask of the shop about themselves: to be told all that is kept, and to be forgotten."""

from app.services.privacy.erasing import AlreadyErased, Erased, erase

__all__ = ["AlreadyErased", "Erased", "erase"]
