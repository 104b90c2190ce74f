"""What a person reads is complete: every refusal in both languages, every text of the window in Chinese."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.domain.errors import CodedError, ShopError, StorageError
from app.resources import refusals
from app.views.shared.translator import Catalogue, catalogue

ROOT = Path(app.__file__).parent
BASES = {ShopError, StorageError, CodedError}
SAME_IN_BOTH = re.compile(r"[\W\d_]*|(VIP|CSV|PDF|PNG|SVG|XLSX|Ctrl|Regulars)[\W\d]*|English|简体中文", re.ASCII)


def subclasses(kind: type[CodedError]) -> Iterator[type[CodedError]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def every_error() -> set[type[CodedError]]:
    for module in pkgutil.walk_packages([str(ROOT)], "app."):
        if (
            ".views" not in module.name
            and ".versions" not in module.name
            and not module.name.endswith(("__main__", ".env"))
        ):
            importlib.import_module(module.name)
    return {kind for kind in subclasses(CodedError) if kind not in BASES and kind.__module__.startswith("app.")}


def test_every_refusal_has_its_sentence_in_both_languages() -> None:
    table = refusals.table()
    missing = {kind.default_code for kind in every_error()} - table.keys()
    assert not missing
    assert not [code for code, words in table.items() if not (words.get("en") and words.get("zh_CN"))]


def test_both_languages_carry_the_same_numbers() -> None:
    def numbers(words: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", words))

    assert not [code for code, words in refusals.table().items() if numbers(words["en"]) != numbers(words["zh_CN"])]


def extracted(folder: Path, into: Path) -> Catalogue:
    """Every text of the sources, as Qt's own extractor finds it: context → source."""
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    assert tool, "pyside6-lupdate comes with PySide6"
    file = into / "found.ts"
    # The folder comes after the options: before them, nothing is found and nothing is said.
    options = ["-recursive", "-extensions", "py", "-locations", "none"]
    subprocess.run([tool, *options, str(folder), "-ts", str(file)], check=True, capture_output=True)
    found: Catalogue = {}
    for context in ET.parse(file).getroot().iter("context"):
        name = context.findtext("name") or ""
        found[name] = {message.findtext("source") or "": "" for message in context.iter("message")}
    return found


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return extracted(ROOT / "views", tmp_path_factory.mktemp("ts"))


def untranslated(texts: Catalogue, known: Catalogue) -> list[tuple[str, str]]:
    return [
        (context, source)
        for context, sources in texts.items()
        for source in sources
        if source not in known.get(context, {}) and not SAME_IN_BOTH.fullmatch(source)
    ]


def test_every_text_of_the_window_is_there_in_chinese(texts: Catalogue) -> None:
    assert len(texts) > 5
    assert untranslated(texts, catalogue("zh_CN")) == []


def test_the_catalogue_holds_no_text_the_window_does_not_use(texts: Catalogue) -> None:
    stale = [
        (context, source)
        for context, sources in catalogue("zh_CN").items()
        for source in sources
        if source not in texts.get(context, {})
    ]
    assert stale == []


def test_translations_keep_the_places_of_names_and_numbers() -> None:
    def places(words: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}|%n|%\d|\*\*", words))

    wrong = [
        (context, source, words)
        for context, sources in catalogue("zh_CN").items()
        for source, words in sources.items()
        if places(source) != places(words)
    ]
    assert wrong == []


def test_a_text_without_chinese_is_seen(tmp_path: Path) -> None:
    lines = ["from PySide6.QtCore import QObject", "class Shop(QObject):", "    def say(self):"]
    source = "\n".join([*lines, '        self.tr("Closed for lunch")', ""])
    (tmp_path / "shop.py").write_text(source, encoding="utf-8")
    found = extracted(tmp_path, tmp_path)
    assert untranslated(found, {}) == [("Shop", "Closed for lunch")]
