"""The words of the file that tells a person what is kept about them: its page in two languages."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

Table = dict[str, dict[str, dict[str, str]]]


@cache
def table() -> Table:
    """Section (texts, sections, columns, codes) → code → language (en, zh_CN) → words."""
    found: Table = json.loads((files("app") / "resources" / "privacy.json").read_text(encoding="utf-8"))
    return found


def say(section: str, code: str, language: str) -> str | None:
    """The words of a code; None for what is no code."""
    return table()[section].get(code, {}).get("zh_CN" if language.startswith("zh") else "en")


def text(code: str, language: str, **facts: str) -> str:
    """A sentence at the head of the page, its places filled."""
    words = say("texts", code, language) or ""
    for name, value in facts.items():
        words = words.replace("{" + name + "}", value)
    return words


def heads(language: str, *, shop: str, name: str, day: date, currency: str) -> tuple[str, tuple[str, ...]]:
    """The title of the page, and the lines beneath it."""
    lines = text("made", language, day=day.isoformat(), currency=currency), text("holds", language)
    return text("title", language, shop=shop, name=name), lines
