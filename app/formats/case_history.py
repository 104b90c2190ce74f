"""The history of a case in one cell: a line for each state, with the moment it was reached and what was noted."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.domain.complaints import MOVES, ComplaintState, StateChange
from app.formats.code_words import code_of, word

_BETWEEN = " · "


def write_history(events: Iterable[tuple[datetime, str, str]], zone: ZoneInfo, language: str) -> str:
    """Moments in the shop's own time, to the millisecond where there is one, the offset beside them: an hour that comes
    twice stays one of the two."""
    lines = []
    for at, state, note in events:
        there = at.astimezone(zone)
        moment = there.isoformat(" ", "milliseconds" if there.microsecond else "seconds")
        lines.append(_BETWEEN.join(filter(None, (moment, word("state", state, language), " ".join(note.split())))))
    return "\n".join(lines)


def read_history(cell: str, zone: ZoneInfo) -> list[tuple[StateChange, str]]:
    """What `write_history` wrote, in any language: each step with its note.

    Empty where a line is another's, or the states do not follow each other in time.
    """
    found: list[StateChange] = []
    notes: list[str] = []
    for line in cell.splitlines():
        moment, _, rest = line.strip().partition(_BETWEEN)
        said, _, note = rest.partition(_BETWEEN)
        code = code_of("state", said)
        try:
            at = datetime.fromisoformat(moment)
            state = ComplaintState(code)
        except ValueError:
            return []
        found.append(StateChange(at if at.tzinfo else at.replace(tzinfo=zone), state, len(found)))
        notes.append(note)
    follows = all(b.state in MOVES[a.state] and a.at <= b.at for a, b in pairwise(found))
    begins = bool(found) and found[0].state is ComplaintState.OPEN
    return list(zip(found, notes, strict=True)) if begins and follows else []
