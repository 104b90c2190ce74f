"""What a phone or an address is for: the words vCards use, and the few this program knows."""

from app.formats.vcard_lines import Property
from app.formats.vcard_values import custom_label, decoded

# In this order: a fax at work is a fax, a mobile phone of the office a mobile phone.
_KNOWN = {
    "fax": "fax",
    "homefax": "fax",
    "workfax": "fax",
    "pager": "pager",
    "cell": "mobile",
    "mobile": "mobile",
    "iphone": "mobile",
    "home": "home",
    "work": "work",
    "main": "main",
    "school": "school",
    "other": "other",
}
_NOT_SAYING = """
voice msg text textphone video internet x-internet x-mobile dom intl postal parcel isdn pcs bbs modem car pref aol
applelink attmail cis eworld ibmmail mcimail powershare prodigy tlx x400 uri date url label custom
"""
_MUTE = frozenset(_NOT_SAYING.split())
_TYPES = {"mobile": "CELL", "home": "HOME", "work": "WORK", "fax": "FAX", "pager": "PAGER", "main": "MAIN"}


def label_of(found: Property, own: str, encoding: str) -> str:
    """The label of a property; `own` is the word its group carries (X-ABLabel), which is the one a person chose."""
    word = unwrapped(own) or custom_label(found, encoding)
    if word:
        return _KNOWN.get(word.casefold(), word)
    if not found.types:
        return ""
    types = {one.casefold() for one in found.types}
    known = next((label for word, label in _KNOWN.items() if word in types), "")
    return known or next((_own_word(one, encoding) for one in found.types if one.casefold() not in _MUTE), "")


def unwrapped(label: str) -> str:
    """An Apple label as it is read: "_$!<Mobile>!$_" is "Mobile"."""
    return label.removeprefix("_$!<").removesuffix(">!$_").strip()


def type_of(label: str) -> str:
    """The TYPE that says it in every reader's language, "" when only the word itself can."""
    return _TYPES.get(label, "")


def _own_word(word: str, encoding: str) -> str:
    shown = decoded(word, "", encoding).removeprefix("X-").removeprefix("x-")
    return shown.lower() if shown.isascii() and shown.isupper() else shown
