"""Finding people, goods and complaints by any part of them: beginnings before insides, the last touched first."""

import re
from collections.abc import Callable, Collection, Iterator

from sqlalchemy.orm import Session

from app.domain import search_keys
from app.services.search import hits
from app.services.search.documents import TAG_MARK
from app.services.search.hits import Hit, HitKind
from app.storage import search_index

_READERS: dict[HitKind, Callable[[Session, list[int], tuple[str, ...]], list[Hit]]] = {
    HitKind.CUSTOMER: hits.people,
    HitKind.PRODUCT: hits.goods,
    HitKind.COMPLAINT: hits.cases,
}
_COMPLAINT = re.compile(r"[cC][-\uff0d]")


def find(session: Session, text: str, limit: int = 20, kinds: Collection[HitKind] | None = None) -> list[Hit]:
    """What the words of `text` find, in any order, at most `limit` of each kind: people, goods, complaints.

    Words that begin a name, pinyin or phone come before those inside one, whole ones before beginnings, the last
    touched first; archived ones last. "#" looks in tags alone, "C-" in complaints alone.
    """
    asked, wanted = _narrowed(text, kinds)
    words = search_keys.query(asked).words
    if not words:
        return []
    found: list[Hit] = []
    for kind in wanted:
        ids = _ids(session, words, kind, limit, tag=_is_tag(text))
        if ids:
            found += _READERS[kind](session, ids, words)
    return found


def customer_ids(session: Session, text: str, limit: int) -> list[int]:
    """The ids of the customers alone, in the same order: what a list filters by while a person types."""
    words = search_keys.query(text.strip().lstrip("#\uff03")).words
    return _ids(session, words, HitKind.CUSTOMER, limit, tag=_is_tag(text)) if words else []


def complaint_ids(session: Session, text: str, limit: int) -> list[int]:
    """The ids of the complaints alone, the last touched first: what board and list filter by while a person types."""
    words = search_keys.query(text).words
    return _ids(session, words, HitKind.COMPLAINT, limit, tag=False) if words else []


def _narrowed(text: str, kinds: Collection[HitKind] | None) -> tuple[str, list[HitKind]]:
    wanted = [kind for kind in HitKind if kinds is None or kind in kinds]
    if _is_tag(text):
        return text.strip()[1:], [kind for kind in wanted if kind is HitKind.CUSTOMER]
    if _COMPLAINT.match(text.strip()):
        return text, [kind for kind in wanted if kind is HitKind.COMPLAINT]
    return text, wanted


def _is_tag(text: str) -> bool:
    return text.strip()[:1] in ("#", "\uff03")


def _ids(session: Session, words: tuple[str, ...], kind: HitKind, limit: int, *, tag: bool) -> list[int]:
    connection, found = session.connection(), dict[int, bool]()
    for expression in _tag_expressions(words) if tag else _expressions(words):
        found.update(search_index.find(connection, expression, kind.value, limit))
        if len(found) >= limit:
            break
    return sorted(found, key=found.__getitem__)[:limit]


def _expressions(words: tuple[str, ...]) -> Iterator[str]:
    """From the narrowest to the widest, so that most keystrokes need one or two statements."""
    yield f"{{whole}} : ({' AND '.join(map(_quoted, words))})"
    yield search_keys.match_expression(words, "whole")
    yield search_keys.match_expression(words)


def _tag_expressions(words: tuple[str, ...]) -> Iterator[str]:
    yield search_keys.match_expression([TAG_MARK + word for word in words], "whole")


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
