"""Phone numbers: what was typed, one form to compare by, and how to show one without giving it away."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.text import clean, half_width

_MOBILE = re.compile(r"1[3-9]\d{9}")
_NOT_DIGIT = re.compile(r"\D+")
_COUNTRY = re.compile(r"(?:\+|00)86(?=1[3-9]\d{9}$)")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone: `typed` as the person wrote it (cleaned), `e164` when the number is valid, `digits` to search in.

    `digits` are those a person would dial at home: the shop's own country prefix is left out of a valid number.
    """

    typed: str
    e164: str | None
    digits: str

    @property
    def key(self) -> str:
        """Equal for two ways of writing one number."""
        return self.e164 or self.digits

    @property
    def tail(self) -> str:
        """The last four digits."""
        return self.digits[-4:]


def normalise(typed: str, region: str = "CN") -> Phone:
    """Read a number typed in any of the usual ways; never refuses: what is not valid keeps its digits."""
    text = _INVISIBLE.sub("", _DASHES.sub("-", half_width(clean(typed)))).strip()
    if region == "CN":
        plain = _COUNTRY.sub("", re.sub(r"[\s\-().]+", "", text))
        if _MOBILE.fullmatch(plain):
            return Phone(text, f"+86{plain}", plain)
    return _full(text, region)


@lru_cache(maxsize=4096)
def _full(text: str, region: str) -> Phone:
    digits = _NOT_DIGIT.sub("", text)
    e164 = _e164(text, region) if len(digits) >= 5 else None
    if e164 and text.startswith(("+", "00")):
        digits = _dialled_at_home(e164, region)
    return Phone(text, e164, digits)


def _e164(text: str, region: str) -> str | None:
    import phonenumbers  # 50 ms, and most shops never need it

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) and text.startswith("00"):
        return _e164("+" + text[2:], region)
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialled_at_home(e164: str, region: str) -> str:
    import phonenumbers

    number = phonenumbers.parse(e164, None)
    if number.country_code != phonenumbers.country_code_for_region(region):
        return e164[1:]
    return _NOT_DIGIT.sub("", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))


def mask(phone: str) -> str:
    """A number with its middle hidden: "138••••8000"; a short one keeps at most its last two digits."""
    digits = _NOT_DIGIT.sub("", half_width(phone))
    if len(digits) >= 10:
        return f"{digits[:-8]}••••{digits[-4:]}"
    if len(digits) >= 7:
        return f"{'•' * (len(digits) - 4)}{digits[-4:]}"
    return f"{'•' * max(len(digits) - 2, 0)}{digits[-2:]}" if len(digits) > 2 else "•" * len(digits)
