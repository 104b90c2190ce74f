"""The names, goods and sentences of the sample shop, read from `app/resources/sample`."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _read(name: str) -> Any:
    return json.loads((files("app") / "resources" / "sample" / name).read_text(encoding="utf-8"))


def names() -> dict[str, Any]:
    """Surnames, given names, titles, firms, in both scripts; some by language."""
    found: dict[str, Any] = _read("names.json")
    return found


def goods() -> list[dict[str, Any]]:
    """What the shop sells, named in both languages; prices and costs as decimal strings."""
    found: list[dict[str, Any]] = _read("goods.json")
    return found


def texts(language: str) -> dict[str, Any]:
    """What staff and customers wrote and said, in Chinese (`zh_CN`) or in English."""
    found: dict[str, Any] = _read("texts_zh_CN.json" if language.startswith("zh") else "texts_en.json")
    return found
