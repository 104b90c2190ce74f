"""The words of an import that the window and the command line share: fields, reasons of rejection, oddities."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LONGEST = 40
"""Letters of a cell that are quoted."""
Table = dict[str, dict[str, dict[str, str]]]


@cache
def table() -> Table:
    """Section (fields, reasons, warnings, answers) → code → language (en, zh_CN) → words."""
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


def answer(code: str, language: str, **facts: object) -> str:
    """What came of it, its `{places}` filled from `facts`."""
    words = _say("answers", code, language)
    for name, value in facts.items():
        words = words.replace("{" + name + "}", str(value))
    return words


def rejection(line: str, code: str, column: str, value: str, language: str) -> str:
    """One rejected row as a sentence: where, what stood there, why."""
    shown = value if len(value) <= LONGEST else value[:LONGEST] + "…"
    where = " · ".join(filter(None, (f"{answer('line', language)} {line}", column, f"“{shown}”" if shown else "")))
    return f"{where}: {reason(code, language)}"


def _say(section: str, code: str, language: str) -> str:
    return table()[section][code]["zh_CN" if language.startswith("zh") else "en"]
