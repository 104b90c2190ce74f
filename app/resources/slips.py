"""The words on slips, in the language the shop hands them out in, whatever language the window speaks."""

import json
from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, dict[str, str]]:
    """Code → language (en, zh_CN) → words."""
    found: dict[str, dict[str, str]] = json.loads(
        (files("app") / "resources" / "slip.json").read_text(encoding="utf-8")
    )
    return found


def say(code: str, language: str, **facts: object) -> str:
    """The words of a code, their `{places}` filled; a code without words says itself."""
    words = table().get(code, {}).get("zh_CN" if language.startswith("zh") else "en", code)
    for name, value in facts.items():
        words = words.replace("{" + name + "}", str(value))
    return words
