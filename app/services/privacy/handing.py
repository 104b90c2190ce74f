"""Writes all that is kept about a person into one file they can take with them: a page to read, data for a program."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from app.formats.person_page import Table, write_page
from app.models.customers import Customer
from app.services.privacy.sections import CODED
from app.services.privacy.telling import PersonalData, Section, personal_data
from app.services.transfer.out.files import unfinished
from app.storage import journal
from app.storage.manifest import settle

PAGE, DATA, PHOTO = "page.html", "data.json", "photo.jpg"
FORMAT = "regulars-person-1"


@dataclass(frozen=True, slots=True)
class PersonWords:
    """How the page speaks: `say(section, code)` words sections, columns and codes, None for what is no code.

    `title` and `lines` stand at its head, `language` is a BCP 47 tag.
    """

    language: str
    title: str
    lines: tuple[str, ...]
    say: Callable[[str, str], str | None]


def export_person(session: Session, customer_id: int, target: Path, words: PersonWords, *, at: datetime) -> int:
    """Write the file at `target` (a ZIP; an older one is replaced) and note it in the trail; how many rows it tells.

    In it: page.html in the language of `words`, data.json, and photo.jpg where there is one.
    Raises FileUnwritable, DiskFull, DiskTrouble, or NoResultFound for no such card; no file is left then.
    """
    data = personal_data(session, customer_id, at=at)
    rows = sum(len(section.rows) for section in data.sections)
    journal.note_act(session, Customer, {"kind": "person", "customer": data.customer_id, "rows": rows})
    with unfinished(target) as part:
        with ZipFile(part, "w", ZIP_DEFLATED) as file:
            file.writestr(PAGE, page(data, words))
            file.writestr(DATA, json.dumps(_facts(data), ensure_ascii=False, indent=1))
            if data.photo is not None:
                file.writestr(PHOTO, data.photo)
        settle(part, target)
    return rows


def page(data: PersonalData, words: PersonWords) -> str:
    """The page to read."""
    tables = [_table(section, words) for section in data.sections]
    return write_page(words.language, words.title, words.lines, tables)


def _table(section: Section, words: PersonWords) -> Table:
    heads = [words.say("columns", name) or name for name in section.columns]
    rows = [[_cell(name, row[name], words) for name in section.columns] for row in section.rows]
    return Table(words.say("sections", section.code) or section.code, heads, rows)


def _cell(name: str, value: Any, words: PersonWords) -> str:
    if value is None:
        return ""
    if name == "values_ranked":
        return ", ".join(words.say("codes", code) or code for code in json.loads(value))
    said = str(value)
    if name in CODED:
        return words.say("codes", said) or said
    return said.replace("T", " ")[:16] if _is_moment(said) else said


def _is_moment(said: str) -> bool:
    """A moment is told as the shop's clock showed it; the file of data says the zone."""
    try:
        return "T" in said and datetime.fromisoformat(said).tzinfo is not None
    except ValueError:
        return False


def _facts(data: PersonalData) -> Mapping[str, Any]:
    sections = {
        section.code: [{name: value for name, value in row.items() if value is not None} for row in section.rows]
        for section in data.sections
    }
    return {
        "format": FORMAT,
        "shop": data.shop,
        "customer": data.customer_id,
        "made_at": data.made_at.isoformat(timespec="seconds"),
        "currency": data.currency,
        **sections,
    }
