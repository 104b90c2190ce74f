"""Numbers and names by which a person is reached, out of the several properties phones keep them in."""

import re
from urllib.parse import unquote

from app.formats.vcard_lines import Property

_WECHAT = frozenset({"wechat", "weixin", "微信", "微信号"})
_SCHEME = re.compile(r"(?i)(?:x-apple|wechat|weixin):(?://)?(?:dl/chat\?)?")
_EXTENSION = re.compile(r"(?i);ext=([\w-]+)")
_ROUNDED = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+")


def phone(value: str) -> str:
    """A phone as a person reads it: "tel:+1-418-656-9254;ext=102" is "+1-418-656-9254 ext 102"."""
    bare = value.strip()
    if bare[:4].lower() != "tel:":
        return bare
    number, _, _ = (whole := unquote(bare[4:])).partition(";")
    extension = _EXTENSION.search(whole)
    return f"{number} ext {extension[1]}" if extension else number


def rounded(number: str) -> bool:
    """Is this a number a spreadsheet has rounded (1.38E+10)? Nobody can be called by it."""
    return bool(_ROUNDED.fullmatch(number))


def mail(value: str) -> str:
    """A mail address without the mailto: some put before it."""
    bare = value.strip()
    return unquote(bare[7:]) if bare[:7].lower() == "mailto:" else bare


def is_wechat(found: Property, own_label: str, service: str) -> bool:
    """Is a message address (IMPP, X-SOCIALPROFILE) one of WeChat?"""
    words = {one.casefold() for one in (*found.types, own_label, service)}
    return bool(words & _WECHAT) or found.raw[:7].casefold() in ("weixin:", "wechat:")


def wechat_id(value: str, user: str) -> str:
    """The id in it: x-apple:abc, weixin:abc, x-apple://…?username=abc; else what the parameter x-user says."""
    bare = value.strip()
    if "username=" in bare:
        return unquote(bare.partition("username=")[2].partition("&")[0]).strip() or user
    return _SCHEME.sub("", bare, count=1).strip() or user
