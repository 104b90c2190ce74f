"""A vCard file cut short, damaged or meant to harm costs the card it is in, and nothing else."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.formats.tables import FileRefused
from app.formats.vcard_in import open_vcard
from app.formats.vcard_records import BrokenCard, Card, Trouble
from tests.effort import least_effort

MOST_EFFORT = 40  # times counting to a million, for any one file
BEFORE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王小明\r\nN:王;小明;;;\r\nTEL;TYPE=CELL:13800138000\r\nEND:VCARD\r\n".encode()
)
AFTER = BEFORE.replace("小明".encode(), "静怡".encode()).replace(b"13800138000", b"13900139000")


def read(data: bytes) -> list[Card | BrokenCard]:
    """Everything in a file; a refusal of the whole is an empty list."""
    try:
        return list(open_vcard(data).cards())
    except FileRefused:
        return []


def whole(data: bytes) -> list[Card]:
    return [card for card in read(data) if isinstance(card, Card)]


def names(data: bytes) -> list[str]:
    return [card.name for card in whole(data)]


def around(damaged: bytes) -> None:
    """A file of three: the damaged one stands between two that must come through as they are."""
    found = whole(BEFORE + damaged + b"\r\n" + AFTER)
    assert (found[0].name, found[0].phones[0].text) == ("王小明", "13800138000")
    assert (found[-1].name, found[-1].phones[0].text) == ("王静怡", "13900139000")


def real_files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((folder / "vcard").glob("*/*.vcf"))]


@pytest.mark.real_data
def test_a_card_cut_short_anywhere_costs_no_other(shared_data: Path) -> None:
    for data in real_files(shared_data):
        step = max(1, len(data) // 200)
        for end in range(0, len(data), step):
            around(data[:end])


@pytest.mark.real_data
@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_anywhere_raise_nothing_and_cost_no_other(shared_data: Path, seed: int) -> None:
    dice = random.Random(seed)
    files = real_files(shared_data)
    changes: list[Callable[[bytearray, int], None]] = [_flip, _drop, _double, _newline]
    for _ in range(500):
        data = bytearray(dice.choice(files))
        for _ in range(dice.randint(1, 6)):
            dice.choice(changes)(data, dice.randrange(len(data)))
        around(bytes(data))


def _flip(data: bytearray, place: int) -> None:
    data[place] ^= 1 << place % 8


def _drop(data: bytearray, place: int) -> None:
    del data[place : place + 3]


def _double(data: bytearray, place: int) -> None:
    data[place:place] = data[place : place + 40]


def _newline(data: bytearray, place: int) -> None:
    data[place:place] = b"\r\n"


def test_a_card_without_end_stops_where_the_next_begins() -> None:
    first, second = read(BEFORE.replace(b"END:VCARD\r\n", b"") + AFTER)
    assert isinstance(first, Card) and isinstance(second, Card)
    assert (first.name, second.name) == ("王小明", "王静怡")
    assert [notice.trouble for notice in first.notices] == [Trouble.NO_END]
    assert not second.notices


def test_a_card_without_begin_is_still_a_card() -> None:
    cards = read(AFTER + BEFORE.replace(b"BEGIN:VCARD\r\n", b""))
    assert [card.name for card in cards if isinstance(card, Card)] == ["王静怡", "王小明"]
    assert isinstance(cards[1], Card) and cards[1].notices[0].trouble is Trouble.NO_BEGIN


def test_text_outside_a_card_is_named_with_its_line() -> None:
    stray = read(b"Contacts of the shop\r\nprinted today\r\n" + BEFORE)[0]
    assert stray == BrokenCard(1, Trouble.OUTSIDE_A_CARD, "Contacts of the shop")


def test_a_line_that_is_none_is_noted_and_the_rest_is_read() -> None:
    card = whole(BEFORE.replace(b"TEL", b"no colon at all\r\nTEL"))[0]
    assert [(notice.trouble, notice.line) for notice in card.notices] == [(Trouble.BAD_LINE, 5)]
    assert card.phones


def test_a_card_that_says_nothing_is_no_card() -> None:
    empty = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\nEND:VCARD\r\n"
    assert read(empty + BEFORE)[0] == BrokenCard(1, Trouble.NOTHING_IN_IT, "VERSION:3.0")


def test_a_line_over_a_million_is_left_and_named() -> None:
    for long in (b"NOTE:" + b"x" * 1_000_001, b"NOTE:" + b"\r\n ".join([b"y" * 70] * 15_000)):
        card = whole(BEFORE.replace(b"TEL", long + b"\r\nTEL"))[0]
        assert [notice[0::2] for notice in card.notices] == [(Trouble.LINE_TOO_LONG, "NOTE")]
        assert (card.note, card.phones[0].text) == ("", "13800138000")


def test_a_line_that_never_ends_is_not_held_in_memory() -> None:
    assert names(BEFORE + b"BEGIN:VCARD\r\nFN:" + b"x" * 20_000_000 + b"\r\nEND:VCARD\r\n" + AFTER) == [
        "王小明",
        "王静怡",
    ]


def test_a_card_too_large_is_one_refusal() -> None:
    huge = b"BEGIN:VCARD\r\n" + b"NOTE:x\r\n" * 100_002 + b"END:VCARD\r\n"
    found = read(BEFORE + huge + AFTER)
    assert isinstance(found[1], BrokenCard) and found[1].trouble is Trouble.CARD_TOO_LARGE
    assert names(BEFORE + huge + AFTER) == ["王小明", "王静怡"]


@pytest.mark.parametrize(
    "trap",
    [
        b"NOTE:" + b"\\;" * 400_000,
        b"N:" + b";" * 900_000,
        b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"=\r\n" * 90_000,
        b'TEL;TYPE="' + b'"' * 500_000 + b":1",
        b"TEL;" + b"TYPE=a;" * 100_000 + b":1",
        b"NOTE:" + b"=C3" * 300_000,
        b"CATEGORIES:" + b"a,\\" * 300_000,
        b"AGENT:\r\nBEGIN:VCARD\r\n" * 10_000,
        b"X-" + b"A" * 900_000 + b":1",
        b"PHOTO;ENCODING=b:" + b"\r\n ".join([b"/9j/" * 18] * 60_000),
        b"BDAY:" + b"1" * 900_000,
        b"IMPP;X-SERVICE-TYPE=WeChat:x-apple://[" + b"a" * 1000 + b"?username=",
    ],
    ids=lambda trap: trap[:12].decode(),
)
def test_nothing_is_slow(trap: bytes) -> None:
    data = BEFORE + b"BEGIN:VCARD\r\n" + trap + b"\r\nEND:VCARD\r\n" + AFTER
    assert {"王小明", "王静怡"} <= set(names(data))
    assert least_effort(lambda: read(data)) <= MOST_EFFORT


def test_one_bad_byte_does_not_turn_every_name_into_signs() -> None:
    damaged = AFTER.replace("静".encode(), b"\xe9\x9d")
    cards = whole(BEFORE + damaged)
    assert cards[0].name == "王小明"
    assert cards[1].name.startswith("王")
    assert [notice.trouble for notice in cards[1].notices] == [Trouble.UNDECODABLE]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\r\n \r\n", "empty_file"),
        (b"%PDF-1.7 BEGIN:VCARD", "not_text"),
        ("姓名,手机\n王小明,13800138000\n".encode(), "not_a_vcard"),
    ],
)
def test_what_is_no_vcard_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        open_vcard(data)
    assert refused.value.code == code


def test_an_unknown_encoding_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        open_vcard(BEFORE, "klingon")
    assert refused.value.code == "unknown_encoding"
    huge = tmp_path / "huge.vcf"
    with huge.open("wb") as file:
        file.truncate(201 * 1024 * 1024)  # sparse
    with pytest.raises(FileRefused) as too_large:
        open_vcard(huge)
    assert (too_large.value.code, too_large.value.numbers) == ("too_large", {"megabytes": 201, "limit": 200})
