"""Part a file into cards before anything reads them, so that one broken card never costs another.

Lines are kept as text in which every character is one byte: what they mean is decided property by property.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

MAX_CARD = 16 * 1024 * 1024
MAX_CARD_LINES = 100_000
MAX_PHYSICAL_LINE = 4 * 1024 * 1024
_MARKS = ("\xef\xbb\xbf", "\x84\x31\x95\x33")
_BEGIN = re.compile(r"(?i)begin[ \t]*:[ \t]*vcard[ \t]*\Z")
_END = re.compile(r"(?i)end[ \t]*:[ \t]*vcard[ \t]*\Z")
_AGENT = re.compile(r"(?i)(?:[\w-]+\.)?agent[^:]*:[ \t]*(begin[ \t]*:[ \t]*vcard[ \t]*)?\Z")


@dataclass(slots=True)
class RawCard:
    """The lines between BEGIN and END, each with its number; `agents` are the lines of cards within the card."""

    line: int
    begun: bool = True
    ended: bool = False
    lines: list[tuple[int, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def too_large(self) -> bool:
        return self.size > MAX_CARD or len(self.lines) > MAX_CARD_LINES


def physical_lines(stream: TextIO) -> Iterator[str]:
    """Lines without their ends; of one that never ends only the beginning is kept."""
    while line := stream.readline(MAX_PHYSICAL_LINE):
        whole = line
        while not whole.endswith("\n") and len(whole) >= MAX_PHYSICAL_LINE:
            whole = stream.readline(MAX_PHYSICAL_LINE)
            if not whole:
                break
        yield line.removesuffix("\n")


def split(lines: Iterable[str]) -> Iterator[RawCard]:
    """Every card, whole or not, and every run of other lines that are not blank (`begun` and `ended` both false)."""
    card: RawCard | None = None
    depth = 0
    for number, line in enumerate(lines, 1):
        bare = _unmarked(line) if line[:1] in "\xef\x84" else line
        kind = bare[:1]
        if kind in "bB" or (kind in " \t" and not (card and card.begun)):
            if _BEGIN.match(bare.lstrip()):
                if card and depth == 0 and _is_agent(card):
                    depth = 1
                    continue
                if card:
                    yield card
                card, depth = RawCard(number), 0
                continue
        elif kind in "eE" and _END.match(bare):
            if depth:
                depth = 0
            elif card:
                card.ended = True
                yield card
                card = None
            continue
        if not card and bare.strip():
            card = RawCard(number, begun=False)
        if card:
            _add(card, number, bare, depth)
            if not depth and kind in "aA" and (agent := _AGENT.match(bare)) and agent[1]:
                depth = 1
    if card:
        yield card


def _add(card: RawCard, number: int, line: str, depth: int) -> None:
    if card.too_large:
        return
    card.size += len(line)
    if depth:
        card.agents.append(line)
    else:
        card.lines.append((number, line))


def _is_agent(card: RawCard) -> bool:
    """Does the last line that is not blank announce a card within the card?"""
    last = next((line for _, line in reversed(card.lines) if line.strip()), "")
    return bool(_AGENT.match(last))


def _unmarked(line: str) -> str:
    for mark in _MARKS:
        line = line.removeprefix(mark)
    return line
