"""What a copy, a restore and a full check have to say: the window and the command line say the same.

`safety.json` maps a code to its sentence; the codes of the faults are those of `app.services.backup.Fault`.
"""

import json
from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, dict[str, str]]:
    """Code → language (en, zh_CN) → sentence."""
    found: dict[str, dict[str, str]] = json.loads(
        (files("app") / "resources" / "safety.json").read_text(encoding="utf-8")
    )
    return found


def sentence(code: str, language: str, **facts: object) -> str:
    """The sentence for `code`, its `{places}` filled from `facts`."""
    words = table()[code]["zh_CN" if language.startswith("zh") else "en"]
    for name, value in facts.items():
        words = words.replace("{" + name + "}", str(value))
    return words


def fault(code: str, count: int, ids: tuple[str, ...], language: str) -> str:
    """One kind of damage: how many rows, and the first of them."""
    shown = ("、" if language.startswith("zh") else ", ").join(ids)
    return sentence(code, language, count=count, ids=shown + (" …" if count > len(ids) else ""))
