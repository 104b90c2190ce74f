"""The handbook says what the window says: its words, its keys, its pictures, the same in both languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFragment
from PySide6.QtWidgets import QApplication

from app.resources.chapters import CHAPTERS, folder, text
from tests.architecture.sources import APP, ROOT, sources

LANGUAGES = ("en", "zh_CN")
MOST_LINES, MOST_BYTES = 150, 150_000
BOLD = 600

# What every list, field and dialog of Qt takes, and what is made of a number while the program runs.
STANDARD = frozenset(
    [*("Tab", "Home", "End", "Shift", "Ctrl", "Space", "+", "-"), *"123456789", *(f"Alt+{n}" for n in range(1, 10))]
)
WRITTEN = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "Del": "Delete", "PgUp": "PageUp", "PgDn": "PageDown"}
GIVEN = re.compile(r'"((?:(?:Ctrl|Alt|Shift)\+)+[^"\s]+)"|"([A-Z]|F\d\d?)"|\bKey_([A-Z]\w*)')
SHORT_NAMES = {"Esc": "Escape", "Return": "Enter"}


@dataclass
class Page:
    """A chapter as whoever reads it sees it."""

    lines: int
    plain: str
    headings: list[int] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    """A document measures its words."""


@cache
def read(written: str) -> Page:
    document = QTextDocument()
    document.setMarkdown(written)
    page = Page(len(written.splitlines()), document.toPlainText())
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            page.headings.append(level)
        quiet = level > 0 or QTextCursor(block).currentTable() is not None
        for fragment in _fragments(block.begin()):
            _note(page, fragment, heading=quiet)
        block = block.next()
    return page


def _fragments(place) -> Iterator[QTextFragment]:  # type: ignore[no-untyped-def]
    while not place.atEnd():
        yield place.fragment()
        place += 1


def _note(page: Page, fragment: QTextFragment, *, heading: bool) -> None:
    dress = fragment.charFormat()
    if dress.isImageFormat():
        page.pictures.append(dress.toImageFormat().name())
    elif dress.fontFixedPitch():
        page.keys.append(fragment.text())
    elif dress.anchorHref():
        page.links.append(dress.anchorHref())
    elif dress.fontWeight() >= BOLD and not heading:
        page.bold.append(fragment.text())


@cache
def said(language: str) -> frozenset[str]:
    """Every text of the window in a language, those of the columns of a file among them."""
    found: set[str] = set()
    for file in (APP / "resources" / "translations" / "zh").glob("*.json"):
        for words in json.loads(file.read_text(encoding="utf-8")).values():
            found |= set(words) if language == "en" else set(words.values())
    return frozenset(found)


@cache
def known_keys() -> frozenset[str]:
    """Every key on the sheet of keys, which the chapter of keys repeats, and those that dialogs name."""
    found = {key for keys in key_tables("en").values() for key, _ in keys}
    for source in sources(APP / "views"):
        found |= {key for given in GIVEN.findall(source.text) for key in given if key}
    return frozenset(_named(key) for key in found)


def _named(key: str) -> str:
    """A key as the code names it: `Ctrl+→` and "Ctrl+Right" are one."""
    *held, last = [part or "+" for part in key.replace("++", "+\0").split("+")] if key != "+" else [key]
    last = WRITTEN.get(last.replace("\0", "+"), last.replace("\0", "+"))
    return "+".join([*held, SHORT_NAMES.get(last, last)])


def key_tables(language: str) -> dict[str, list[tuple[str, str]]]:
    """What the chapter of keys says of each, by the heading it stands under."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text("keys", language).splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ")] = []
        elif line.startswith("| `"):
            found[list(found)[-1]] += re.findall(r"`([^`]+)` \| ([^|]+) \|", line)
    return found


def pages() -> list[tuple[str, str]]:
    return [(chapter, language) for chapter in CHAPTERS for language in LANGUAGES]


@pytest.mark.parametrize(("chapter", "language"), pages())
def test_every_bold_word_is_a_text_of_the_window(chapter: str, language: str) -> None:
    page = read(text(chapter, language))
    assert [words for words in page.bold if words not in said(language)] == []
    assert "**" not in page.plain and "`" not in page.plain


@pytest.mark.parametrize(("chapter", "language"), [page for page in pages() if page[0] != "keys"])
def test_every_key_is_a_key_of_the_program(chapter: str, language: str) -> None:
    told = read(text(chapter, language)).keys
    assert [key for key in told if key not in STANDARD and _named(key) not in known_keys()] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_both_languages_tell_the_same_jobs(chapter: str) -> None:
    english, chinese = (read(text(chapter, language)) for language in LANGUAGES)
    assert english.headings == chinese.headings
    assert english.pictures == chinese.pictures
    assert english.links == chinese.links
    assert max(english.lines, chinese.lines) <= MOST_LINES


def test_the_keys_are_told_alike_in_both_languages() -> None:
    """That the English ones are those of the window is tested where there is one."""
    pairs = set()
    for file in (APP / "resources" / "translations" / "zh").glob("*.json"):
        for words in json.loads(file.read_text(encoding="utf-8")).values():
            pairs |= {(english, chinese) for english, chinese in words.items() if isinstance(chinese, str)}
    english, chinese = ([pair for keys in key_tables(language).values() for pair in keys] for language in LANGUAGES)
    assert [key for key, _ in english] == [key for key, _ in chinese]
    told = {(one, other) for (_, one), (_, other) in zip(english, chinese, strict=True)}
    assert [one for one, _ in told - pairs if not one.startswith("Pay by")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_pictures_are_there_and_none_is_left_over(language: str) -> None:
    place = Path(str(folder(language)))
    found = [read(text(chapter, language)) for chapter in CHAPTERS]
    assert {file.stem for file in place.glob("*.md")} == set(CHAPTERS)
    assert all((place / link).is_file() for page in found for link in page.links)
    shown = {place / name for page in found for name in page.pictures}
    assert shown == set((place / "pictures").iterdir())
    assert max(file.stat().st_size for file in shown) < MOST_BYTES


def test_the_documents_lead_to_the_handbook() -> None:
    index = ROOT / "docs" / "handbook" / "README.md"
    links = read(index.read_text(encoding="utf-8")).links
    assert links and all((index.parent / link).is_file() for link in links)
    assert "docs/handbook/README.md" in read((ROOT / "README.md").read_text(encoding="utf-8")).links


def test_what_is_not_there_is_found() -> None:
    page = read("Press `Ctrl+Y`, then `F8` and **Frobnicate** or **Save**; see [this](nowhere.md).\n\n![x](none.png)\n")
    assert page.bold == ["Frobnicate", "Save"] and page.bold[0] not in said("en") and page.bold[1] in said("en")
    assert [key for key in page.keys if _named(key) not in known_keys()] == ["Ctrl+Y"]
    assert page.links == ["nowhere.md"] and page.pictures == ["none.png"]
