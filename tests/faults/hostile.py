"""Files made to hurt whoever opens them: bombs, entities, far cells, endless rows, quotes and lines without an end.

`uv run python -m tests.faults.hostile` looks at all of them, one after another, and prints what came of each.
"""

import io
import json
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from app.domain.errors import CodedError
from app.services.transfer import inspect_file
from tests.effort import effort

MOST_EFFORT = 40  # times counting to a million, about a second
MOST_MEMORY = 300
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, TYPES, LINKS = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
CELL = '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "ha">' for level in range(12)
)
SPREAD = f'<!ENTITY big "{"x" * 100_000}">'


@dataclass(frozen=True, slots=True)
class Hostile:
    """`refused`: whether nothing of it may be accepted; what is harmless once cut short may be read."""

    name: str
    ending: str
    make: Callable[[], bytes]
    refused: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one: the code of its refusal or "read", the effort, and the most memory so far, in MB."""

    name: str
    answer: str
    effort: float
    megabytes: int

    @property
    def wrong(self) -> bool:
        return self.effort > MOST_EFFORT or self.megabytes > MOST_MEMORY or self.answer.startswith("!")


def hostile_files() -> list[Hostile]:
    """About a hundred, from the cheap to the dear."""
    return [*_entities(), *_far_cells(), *_lies(), *_bombs(), *_nested(), *_texts()]


def _parts(**changed: str) -> dict[str, str]:
    """A sound workbook of one cell, in parts; `changed` by what each part is for."""
    whole = {
        "types": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.'
            f'spreadsheetml.{kind}+xml"/>'
            for name, kind in (
                (BOOK, "sheet.main"),
                (SHEET, "worksheet"),
                (TEXTS, "sharedStrings"),
                (STYLES, "styles"),
            )
        )
        + "</Types>",
        "roots": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "book": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="One" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "links": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "texts": f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>',
        "styles": f'<styleSheet xmlns="{MAIN}"/>',
        "sheet": f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}</sheetData></worksheet>',
    } | changed
    names = (TYPES, "_rels/.rels", BOOK, LINKS, TEXTS, STYLES, SHEET)
    order = ("types", "roots", "book", "links", "texts", "styles", "sheet")
    return {name: whole[part] for name, part in zip(names, order, strict=True)}


def _zipped(parts: dict[str, str], extra: Callable[[zipfile.ZipFile], None] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        if extra is not None:
            extra(archive)
    return target.getvalue()


def _workbook(**changed: str) -> Callable[[], bytes]:
    return lambda: _zipped(_parts(**changed))


def _entities() -> Iterator[Hostile]:
    """In every part a parser looks into: entities that grow, that reach for files, that reach for the net."""
    declared = {
        "laughs": (LAUGHS, "&l11;"),
        "spread": (SPREAD, "&big;" * 10_000),
        "file": ('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"),
        "net": ('<!ENTITY n SYSTEM "http://192.0.2.1/x">', "&n;"),
        "parameter": ('<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;', ""),
    }
    sound = _parts()
    names = dict(zip(("types", "roots", "book", "links", "texts", "styles", "sheet"), sound.values(), strict=True))
    for part, xml in names.items():
        root = xml[1:].split()[0]
        for kind, (entity, used) in declared.items():
            inside = xml.replace("<t>Name</t>", f"<t>Name{used}</t>").replace("<t>a</t>", f"<t>{used}</t>")
            bad = f"<!DOCTYPE {root} [{entity}]>{inside}"
            yield Hostile(f"entity-{kind}-{part}", ".xlsx", _workbook(**{part: bad}), refused=part != "roots")


def _far_cells() -> Iterator[Hostile]:
    def sheet(*rows: str, size: str = "") -> str:
        return f'<worksheet xmlns="{MAIN}">{size}<sheetData>{"".join(rows)}</sheetData></worksheet>'

    def row(number: object, *cells: str) -> str:
        return f'<row r="{number}">{"".join(cells)}</row>'

    def cell(at: str, text: str = "x") -> str:
        return CELL.format(at=at, text=text)

    far = {
        "last": sheet(HEAD, row(1048576, cell("XFD1048576"))),
        "beyond": sheet(HEAD, row(2_000_000_000, cell("A2000000000"))),
        "huge": sheet(HEAD, row("9" * 30, cell("A" + "9" * 30))),
        "negative": sheet(HEAD, row(-5, cell("A-5"))),
        "wide": sheet(row(1, cell("A1"), cell("XFD1"))),
        "wider": sheet(row(1, cell("A1"), cell("ZZZZ1"))),
        "widest": sheet(row(1, cell("A1"), cell("Z" * 60 + "1"))),
        "nan": sheet(HEAD, row("NaN", cell("A2"))),
        "lying": sheet(HEAD, size='<dimension ref="A1:XFD1048576"/>'),
        "many": sheet(row(1, *(cell(f"A{n}") for n in range(3_000)))),
    }
    for name, text in far.items():
        yield Hostile(f"far-{name}", ".xlsx", _workbook(sheet=text), refused=name not in ("lying", "many"))


def _lies() -> Iterator[Hostile]:
    """The directory of the zip says one thing, the parts another."""

    for said in (0, 1, 1_000, 1 << 20):
        yield Hostile(f"lie-{said}", ".xlsx", partial(_lying, said))
    sound = _zipped(_parts())
    for cut in (30, len(sound) // 2, len(sound) - 10):
        yield Hostile(f"cut-{cut}", ".xlsx", partial(bytes, sound[:cut]))
    yield Hostile("parts", ".xlsx", lambda: _zipped(_parts(), _many_parts))
    yield Hostile("twice", ".xlsx", lambda: sound + sound, refused=False)


def _lying(said: int) -> bytes:
    """A sheet of 8 MB of which the directory says that it has so many bytes."""
    data = bytearray(_bomb("sheet", 8))
    struct.pack_into("<I", data, data.rfind(SHEET.encode()) - 46 + 24, said)
    return bytes(data)


def _many_parts(archive: zipfile.ZipFile) -> None:
    for number in range(2_100):
        archive.writestr(f"xl/media/{number}.png", b"")


def _bombs() -> Iterator[Hostile]:
    """A few hundred kilobytes that unpack to a hundred times what a shop's list has."""
    for part in ("sheet", "texts", "styles", "book"):
        for megabytes in (2, 20, 60):
            yield Hostile(f"bomb-{part}-{megabytes}", ".xlsx", partial(_bomb, part, megabytes))

    def media(archive: zipfile.ZipFile) -> None:
        piece = b"\0" * (1 << 20)
        for number in range(210):
            archive.writestr(f"xl/media/{number}.bin", piece)

    yield Hostile("bomb-media", ".xlsx", lambda: _zipped(_parts(), media))


def _bomb(part: str, megabytes: int) -> bytes:
    return _zipped(_parts(**{part: " " * (megabytes << 20)}))


def _nested() -> Iterator[Hostile]:
    deep = "<a>" * 50_000
    for part in ("sheet", "texts", "styles", "book", "types"):
        yield Hostile(f"deep-{part}", ".xlsx", _workbook(**{part: f'<x xmlns="{MAIN}">{deep}'}))
    for part in ("sheet", "styles", "book", "links"):
        yield Hostile(f"not-xml-{part}", ".xlsx", _workbook(**{part: "\x00\x01 not xml"}))


def _texts() -> Iterator[Hostile]:
    head = b"Name,Phone\n"
    files: dict[str, tuple[Callable[[], bytes], bool]] = {
        "quote-open": (lambda: head + b'"' + b"a,b\n" * 50_000, False),
        "quotes": (lambda: head + b'"' * 400_001, False),
        "one-line": (lambda: b"x" * (20 << 20), True),
        "one-cell": (lambda: head + b"y" * (5 << 20) + b",1\n", False),
        "commas": (lambda: b"," * 2_000_000, True),
        "nul": (lambda: head + b"\0" * (3 << 20), False),
        "only-nul": (lambda: b"\0" * (5 << 20), True),
        "line-ends": (lambda: b"\n" * 2_000_000, True),
        "returns": (lambda: head + b"\r" * 500_000, False),
        "half-utf16": (lambda: b"\xff\xfe" + b"A\0" * 100_000 + b"\0", False),
        "bad-utf8": (lambda: b"Name,Phone\n" + b"\xc3\x28" * 200_000, False),
        "gzip": (lambda: b"\x1f\x8b\x08\0" + bytes(range(256)) * 400, False),
        "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 1_000, True),
        "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 1_000, True),
        "empty": (lambda: b"", True),
        "blank": (lambda: b" \n" * 1_000, False),
        "formulas": (lambda: head + b'=HYPERLINK("http://192.0.2.1"),=1+1\n' * 2_000, False),
        "escapes": (lambda: head + b"\x1b]0;x\x07,1\n" * 2_000, False),
    }
    for name, (make, refused) in files.items():
        yield Hostile(f"text-{name}", ".csv", make, refused)
    cards: dict[str, Callable[[], bytes]] = {
        "open": lambda: b"BEGIN:VCARD\n" * 20_000,
        "long": lambda: b"BEGIN:VCARD\nNOTE:" + b"z" * (8 << 20) + b"\nEND:VCARD\n",
        "folds": lambda: b"BEGIN:VCARD\nNOTE:z\n" + b" z\n" * 300_000 + b"END:VCARD\n",
        "photo": lambda: b"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:" + b"/9j/" * (1 << 20) + b"\nEND:VCARD\n",
        "ends": lambda: b"END:VCARD\n" * 100_000,
    }
    for name, make in cards.items():
        yield Hostile(f"cards-{name}", ".vcf", make, refused=False)


def looked_at(subject: Hostile, folder: Path) -> Seen:
    """Open it as the wizard would."""
    path = folder / f"hostile{subject.ending}"
    path.write_bytes(subject.make())
    answer = ""

    def look() -> None:
        nonlocal answer
        answer = _answer(path, subject)

    took = effort(look)
    return Seen(subject.name, answer, round(took, 1), _most_memory())


def _answer(path: Path, subject: Hostile) -> str:
    try:
        inspect_file(path, "customers")
    except CodedError as refusal:
        return refusal.code
    except Exception as error:
        return f"! {type(error).__name__}: {error}"[:200]
    return "! was accepted" if subject.refused else "read"


def _most_memory() -> int:
    """The most this process ever held, in MB. Not of `resource`: that begins with what the process before it held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) // 1024


def main(names: list[str]) -> int:
    """Look at all, or at those named; one JSON object a line, 1 when one did harm."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        for subject in hostile_files():
            if not names or subject.name in names:
                seen = looked_at(subject, Path(name))
                wrong += seen.wrong
                sys.stdout.write(json.dumps(asdict(seen)) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
