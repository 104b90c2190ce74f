"""The words of an import that the window and the command line share: fields, reasons of rejection, oddities of a file."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

Table = dict[str, dict[str, dict[str, str]]]


@cache
def table() -> Table:
    """Section (fields, reasons, warnings) → code → language (en, zh_CN) → words."""
    found: Table = json.loads((files("app") / "resources" / "transfer.json").read_text(encoding="utf-8"))
    return found


def field(name: str, language: str) -> str:
    """What a column is for; "phone_2" is the second phone."""
    head, _, number = name.rpartition("_")
    if number.isdigit():
        return f"{_say('fields', head, language)} {number}"
    return _say("fields", name, language)


def missing(fields: Iterable[str], language: str) -> str:
    """What a file lacks, alternatives divided by strokes."""
    comma = "、" if language.startswith("zh") else ", "
    return comma.join(" / ".join(field(name, language) for name in one.split("|")) for one in fields)


def reason(code: str, language: str) -> str:
    """Why a row was rejected, and what to do."""
    return _say("reasons", code, language)


def warning(code: str, count: int, language: str) -> str:
    """What was put right while reading."""
    return _say("warnings", code, language).replace("{count}", str(count))


def _say(section: str, code: str, language: str) -> str:
    return table()[section][code]["zh_CN" if language.startswith("zh") else "en"]
