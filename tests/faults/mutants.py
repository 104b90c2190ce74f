"""Files as the world breaks them: made whole, then damaged in one place, with word of the lines the damage touched.

`uv run python -m tests.faults.mutants 100000` tries so many, each brought into a scratch shop and rolled back.
"""

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from sqlalchemy import text

from app.bootstrap import Shop, found_shop, open_shop
from app.domain.errors import CodedError
from app.services.transfer import IMPORTS, Kind, import_customers, inspect_file
from app.storage.journal import Journal, WritingSession
from tests.effort import effort

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOST_EFFORT = 40  # times counting to a million, about a second
ROWS = 12
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
ENDS = ("\n", "\r\n", "\r")
TOKENS = (b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\x00", b"\xff", b"=1+1", b"1.38E+10", b"99999999999999999999")
HEADS = {
    Kind.CUSTOMERS: ("Name", "Phone", "Customer ID", "Birthday", "Tags", "Note"),
    Kind.SALES: ("Invoice", "Date", "Customer ID", "Product code", "Description", "Quantity", "Unit price"),
    Kind.PRODUCTS: ("Product code", "Description", "Price", "Category", "Unit", "Barcode"),
    Kind.INTERACTIONS: ("Date", "Customer number", "Customer name", "Channel", "Notes"),
    Kind.COMPLAINTS: ("Date", "Customer number", "Customer name", "Category", "Severity", "Complaint"),
    Kind.FOLLOWUPS: ("Due date", "Customer number", "Customer name", "Subject"),
    Kind.POINTS: ("Customer number", "Points", "Valid until", "Reason"),
}
ARRIVED = {
    Kind.CUSTOMERS: "SELECT external_id FROM customers WHERE external_id IS NOT NULL",
    Kind.SALES: "SELECT DISTINCT invoice FROM sales",
    Kind.PRODUCTS: "SELECT code FROM products",
    Kind.INTERACTIONS: "SELECT summary FROM interactions",
    Kind.COMPLAINTS: "SELECT words FROM complaints",
    Kind.FOLLOWUPS: "SELECT text FROM followups",
    Kind.POINTS: "SELECT c.external_id FROM point_entries p JOIN customers c ON c.id = p.customer_id",
}
MEMBERS = tuple(f"B{place:03}" for place in range(ROWS))
"""Who is there already: opening balances make nobody."""
CONTACTS = "mutant.vcf"
PHONES = "SELECT digits FROM customer_phones"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged file. `keys` of the rows the damage did not touch must arrive, unless the whole file is refused."""

    number: int
    kind: Kind
    name: str
    data: bytes
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    number: int
    effort: float
    refused: str
    wrong: str
    """What must not be: a traceback, counts that do not add up, a lost row; empty when all is well."""


def mutant(number: int) -> Mutant:
    """The mutant of this number: the same number, the same file."""
    random = Random(number)
    kind = random.choice(list(Kind))
    rows = [_row(kind, place, random) for place in range(ROWS)]
    if kind is Kind.CUSTOMERS and random.random() < 0.5:
        return _contact_cards(number, rows, random)
    if random.random() < 0.25:
        return _spreadsheet(number, kind, rows, random)
    return _text_file(number, kind, rows, random)


def tried(shop: Shop, folder: Path, subject: Mutant) -> Verdict:
    """Bring a mutant in, look, and take everything back."""
    source = folder / subject.name
    source.write_bytes(subject.data)
    refused = wrong = ""

    def bring() -> None:
        nonlocal refused, wrong
        try:
            wrong = _brought_in(shop, source, subject)
        except CodedError as refusal:
            refused = refusal.code
        except Exception as error:
            wrong = f"{type(error).__name__} at {_place(error)}"

    took = effort(bring)
    if not wrong and took > MOST_EFFORT:
        wrong = f"{took:.0f} times counting to a million"
    return Verdict(subject.number, took, refused, wrong)


def _brought_in(shop: Shop, source: Path, subject: Mutant) -> str:
    plan = inspect_file(source, subject.kind, date_order="ymd")
    with WritingSession(shop.work.engine, Journal("faults.tried", 1, AT)) as session:
        session.info.update(staff_id=1, role=shop.work.actor.role)
        outcome = IMPORTS[subject.kind](session, plan, at=AT)
        arrived = set(session.scalars(text(PHONES if subject.name == CONTACTS else ARRIVED[subject.kind])))
        session.rollback()
    if outcome.read != plan.rows:
        return f"read {outcome.read} of {plan.rows} rows"
    lost = sorted(subject.keys - arrived)
    return f"lost {', '.join(lost)}" if lost else ""


def _row(kind: Kind, place: int, random: Random) -> tuple[str, tuple[str, ...]]:
    """The key under which a row arrives, and its cells."""
    key, day = f"{kind[0].upper()}{place:03}", f"2026-{place % 12 + 1:02}-{place + 1:02}"
    words = random.choice(("plain", "two words", "a, b", 'say "hi"', "", "tea & cake"))
    if kind is Kind.CUSTOMERS:
        return key, (f"Person {key}", f"138{place:08}", key, day, words.replace(",", " "), words)
    if kind is Kind.SALES:
        return key, (key, f"{day} 10:{place:02}", f"M{place:02}", f"T{place % 5}", words, str(place + 1), "12.50")
    if kind is Kind.INTERACTIONS:
        return key, (day, f"M{place:02}", f"Person {place}", random.choice(("Phone", "WeChat", "Visit")), key)
    if kind is Kind.COMPLAINTS:
        return key, (day, f"M{place:02}", f"Person {place}", words, random.choice(("minor", "severe")), key)
    if kind is Kind.FOLLOWUPS:
        return key, (day, f"M{place:02}", f"Person {place}", key)
    if kind is Kind.POINTS:
        return MEMBERS[place], (MEMBERS[place], str(place + 1), "2027-12-31", words)
    return key, (key, f"Tea {key}", "12.50", "green", "kg", f"69{place * 11_111_111:011}")


def _text_file(number: int, kind: Kind, rows: list[tuple[str, tuple[str, ...]]], random: Random) -> Mutant:
    encoding, delimiter, end = random.choice(ENCODINGS), random.choice(DELIMITERS), random.choice(ENDS)
    lines = [delimiter.join(_quoted(cell, delimiter) for cell in cells) for _, cells in rows]
    whole = [delimiter.join(HEADS[kind]), *lines]
    if encoding == "utf-16":
        parts = [
            ("\ufeff" + whole[0] + end).encode("utf-16-le"),
            *((line + end).encode("utf-16-le") for line in whole[1:]),
        ]
    else:
        first = "utf-8-sig" if encoding == "utf-8-sig" else encoding
        plain = "utf-8" if encoding == "utf-8-sig" else encoding
        parts = [(whole[0] + end).encode(first), *((line + end).encode(plain) for line in whole[1:])]
    data, (low, high) = _damage(b"".join(parts), random)
    keys, offset = set(), 0
    for place, part in enumerate(parts):
        start, offset = offset, offset + len(part)
        if place and not (low <= offset and high >= start):
            keys.add(rows[place - 1][0])
    headless = low < len(parts[0]) + 1  # a damaged header may leave nothing that can be understood
    shifted = encoding == "utf-16"  # one byte more or less turns every later character into another
    sound = frozenset() if headless or shifted else frozenset(keys)
    return Mutant(number, kind, "mutant.csv", data, sound)


def _contact_cards(number: int, rows: list[tuple[str, tuple[str, ...]]], random: Random) -> Mutant:
    """Contact cards; each is known by its phone."""
    encoding, end = random.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), random.choice(ENDS)
    version = random.choice(("2.1", "3.0", "4.0"))
    cards = [end.join(_contact_lines(version, cells)) + end for _, cells in rows]
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    mark = "" if plain == encoding else "\ufeff"
    parts = [(mark + cards[0]).encode(plain), *(card.encode(plain) for card in cards[1:])]
    data, (low, high) = _damage(b"".join(parts), random)
    keys, offset = set(), 0
    for part, (_, cells) in zip(parts, rows, strict=True):
        start, offset = offset, offset + len(part)
        if not (low <= offset and high >= start):
            keys.add(cells[1])
    return Mutant(number, Kind.CUSTOMERS, CONTACTS, data, frozenset() if encoding == "utf-16" else frozenset(keys))


def _contact_lines(version: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    name, phone, uid, day, tags, note = cells
    quoted = "NOTE;ENCODING=QUOTED-PRINTABLE:" if version == "2.1" else "NOTE:"
    said = "=E7=8E=8B=E4=BC=9F" if version == "2.1" else "王伟"
    return (
        "BEGIN:VCARD",
        f"VERSION:{version}",
        f"FN:{name} 王伟",
        f"TEL;TYPE=CELL:{phone}",
        f"UID:{uid}",
        f"BDAY:{day}",
        f"CATEGORIES:{tags}",
        f"{quoted}{said} {note}",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/",
        "END:VCARD",
    )


def _damage(data: bytes, random: Random) -> tuple[bytes, tuple[int, int]]:
    """One damage, and the first and last byte of the original it touched."""
    at = random.randrange(len(data))
    length = random.choice((1, 1, 2, 5, 20))
    end = min(len(data), at + length)
    acts: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at] + random.randbytes(end - at) + data[end:],
        lambda: data[:at] + random.choice(TOKENS) + data[at:],
        lambda: data[:at] + data[end:],
        lambda: data[:at] + random.choice(TOKENS) * random.choice((1, 3, 2000)) + data[end:],
    )
    choice = random.randrange(len(acts) + 1)
    if choice == len(acts):
        return data[:at], (at - 1, len(data))
    return acts[choice](), (at - 1, end)


def _spreadsheet(number: int, kind: Kind, rows: list[tuple[str, tuple[str, ...]]], random: Random) -> Mutant:
    whole = _workbook(kind, tuple(cells for _, cells in rows))
    if random.random() < 0.5:
        data, _ = _damage(whole, random)
        return Mutant(number, kind, "mutant.xlsx", data, frozenset())
    keys = frozenset(key for key, _ in rows)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    cells = list(re.finditer(rb"<t>([^<]*)</t>", sheet))[len(HEADS[kind]) :]
    hit = random.choice(cells)
    place = sum(1 for _ in re.finditer(rb"<row ", sheet[: hit.start()])) - 2
    value = random.choice((b"", b"x" * 40_000, b"1.38E+10", b"&#0;", b"&amp;lt;", b"=1+1", b"<b/>", b"\xff", b"]]>"))
    parts["xl/worksheets/sheet1.xml"] = sheet[: hit.start(1)] + value + sheet[hit.end(1) :]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Mutant(number, kind, "mutant.xlsx", target.getvalue(), keys - {rows[place][0]})


@cache
def _workbook(kind: Kind, rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A small workbook with its texts inside the cells, as other programs than Excel write them."""

    def line(number: int, cells: tuple[str, ...]) -> str:
        made = "".join(f'<c t="inlineStr"><is><t>{_escaped(cell)}</t></is></c>' for cell in cells)
        return f'<row r="{number}">{made}</row>'

    lines = "".join(line(number, cells) for number, cells in enumerate((HEADS[kind], *rows), 1))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _quoted(cell: str, delimiter: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if delimiter in cell or '"' in cell else cell


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;")


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def scratch(folder: Path) -> Shop:
    """An empty shop to try mutants in."""
    path = folder / "scratch.shop"
    found_shop(path, name="Scratch", currency="CNY", timezone="Asia/Shanghai", clock=lambda: AT)
    shop = open_shop(path, clock=lambda: AT)
    members = folder / "members.csv"
    lines = ("Name,Customer ID", *(f"Person {number},{number}" for number in MEMBERS))
    members.write_text("\n".join(lines), encoding="utf-8")
    shop.work.write(import_customers, inspect_file(members, Kind.CUSTOMERS), at=AT)
    return shop


def _share(numbers: range) -> list[Verdict]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shop = scratch(folder)
        verdicts = [tried(shop, folder, mutant(number)) for number in numbers]
        shop.close()
    return verdicts


def _all(count: int, workers: int) -> Iterator[Verdict]:
    step = 500
    shares = [range(start, min(count, start + step)) for start in range(0, count, step)]
    with ProcessPoolExecutor(workers) as pool:
        for verdicts in pool.map(_share, shares):
            yield from verdicts


def main(count: int, workers: int = 2) -> int:
    """Try so many and print what came of it; 1 when one went wrong."""
    bad, refused, hardest = [], 0, 0.0
    for verdict in _all(count, workers):
        hardest, refused = max(hardest, verdict.effort), refused + bool(verdict.refused)
        if verdict.wrong:
            bad.append(verdict)
            sys.stdout.write(f"{verdict.number}: {verdict.wrong}\n")
    sys.stdout.write(f"{count} files, {refused} refused, {len(bad)} wrong, hardest {hardest:.0f} times the floor\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
