"""What a person may ask of the shop about themselves: to be told all that is kept, and to be forgotten."""

from app.services.privacy.erasing import AlreadyErased, Erased, erase
from app.services.privacy.foreseeing import ErasureForeseen, foresee_erasure
from app.services.privacy.handing import PersonWords, export_person
from app.services.privacy.keeping import PersonErased
from app.services.privacy.telling import PersonalData, Section, personal_data

__all__ = [
    "AlreadyErased",
    "Erased",
    "ErasureForeseen",
    "PersonErased",
    "PersonWords",
    "PersonalData",
    "Section",
    "erase",
    "export_person",
    "foresee_erasure",
    "personal_data",
]
