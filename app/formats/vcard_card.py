"""Make one card of the lines between BEGIN and END, or say why there is none."""

from app.domain.text import one_line
from app.formats.vcard_draft import SHOWN, Draft
from app.formats.vcard_lines import properties, version_of
from app.formats.vcard_properties import take
from app.formats.vcard_records import BrokenCard, Card, Notice, Trouble
from app.formats.vcard_split import RawCard
from app.formats.vcard_values import decoded


def read_card(raw: RawCard, encoding: str) -> Card | BrokenCard:
    """One card, in the file's encoding where a property names no other. Never raises, whatever the lines hold."""
    if raw.too_large:
        return _broken(raw, Trouble.CARD_TOO_LARGE, encoding)
    if not raw.begun and not raw.ended:
        return _broken(raw, Trouble.OUTSIDE_A_CARD, encoding)
    draft = Draft(version_of(raw), encoding)
    found = list(properties(raw, draft.version, draft.notices))
    draft.labels = {one.group: draft.text(one) for one in found if one.group and one.name == "X-ABLABEL"}
    for one in found:
        take(draft, one)
    _note_edges(draft, raw)
    card = draft.card(raw.line)
    return card if card.says_something else _broken(raw, Trouble.NOTHING_IN_IT, encoding)


def _note_edges(draft: Draft, raw: RawCard) -> None:
    if not raw.begun:
        draft.notices.append(Notice(Trouble.NO_BEGIN, raw.line))
    if not raw.ended:
        draft.notices.append(Notice(Trouble.NO_END, raw.lines[-1][0] if raw.lines else raw.line))
    if raw.agents:
        named = next((line for line in raw.agents if line[:2].upper() in ("FN", "N:", "N;")), "")
        draft.left_out.append(("AGENT", _shown(named.partition(":")[2], draft.encoding)))


def _broken(raw: RawCard, trouble: Trouble, encoding: str) -> BrokenCard:
    return BrokenCard(raw.line, trouble, _shown(raw.lines[0][1], encoding)[:60] if raw.lines else "")


def _shown(line: str, encoding: str) -> str:
    return one_line(decoded(line[:SHOWN], "", encoding))
