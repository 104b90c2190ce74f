"""The sentence for every refusal and every trouble with the disk: the window and the command line say the same.

`refusals.json` maps the code of an error to its sentence; `{name}` is replaced by the number the error carries.
"""

import json
from functools import cache
from importlib.resources import files

from app.domain.errors import CodedError


@cache
def table() -> dict[str, dict[str, str]]:
    """Code → language (en, zh_CN) → sentence."""
    found: dict[str, dict[str, str]] = json.loads(
        (files("app") / "resources" / "refusals.json").read_text(encoding="utf-8")
    )
    return found


def sentence(trouble: CodedError, language: str) -> str:
    """What to tell a person: what is wrong, and what to do."""
    return note(trouble.code, language, **trouble.numbers)


def note(code: str, language: str, **numbers: object) -> str:
    """The sentence of a code, its places filled."""
    words = table()[code]["zh_CN" if language.startswith("zh") else "en"]
    for name, value in numbers.items():
        words = words.replace("{" + name + "}", str(value))
    return words


def bug(place: str, language: str) -> str:
    """The sentence for a fault of the program; `place` is where its trace was written."""
    return table()["bug"]["zh_CN" if language.startswith("zh") else "en"].replace("{place}", place)
