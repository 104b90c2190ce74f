"""The handbook: its chapters in both languages, as Markdown, with their pictures beside them."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

CHAPTERS = (
    "first-day",
    "customers",
    "till",
    "points-and-tiers",
    "cards-and-coupons",
    "goods",
    "today-and-follow-ups",
    "complaints",
    "look-alikes",
    "files-in-and-out",
    "insights",
    "safety",
    "keys",
)
"""One for each job, in the order in which a shop needs them: the names of their files."""


def folder(language: str) -> Traversable:
    """Where the chapters of a language lie; what they link to is told from there."""
    return files("app") / "resources" / "handbook" / ("zh" if language.startswith("zh") else "en")


@cache
def text(chapter: str, language: str) -> str:
    """A chapter as Markdown."""
    return (folder(language) / f"{chapter}.md").read_text(encoding="utf-8")


@cache
def plain(chapter: str, language: str) -> str:
    """The words of a chapter alone, to look for some in."""
    return re.sub(r"<!--.*?-->|!\[[^]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[]", "", text(chapter, language))


def title(chapter: str, language: str) -> str:
    """What a chapter is called: its first line."""
    return text(chapter, language).partition("\n")[0].removeprefix("# ").strip()
