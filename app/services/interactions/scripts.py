"""Need-finding scripts: the shop's own questions by group of goods, made, ordered and put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.interactions import LandsIn
from app.domain.text import comparison_key, one_line
from app.models.interactions import NeedScript, ScriptAnswer, ScriptQuestion

FEWEST_CHOICES = 2


class ScriptNeedsAName(ShopError):
    """A script is called by a word."""


class ScriptNameTaken(ShopError):
    """Another script, shown or put away, is called so."""


class QuestionNeedsWords(ShopError):
    """A question asks something."""


class QuestionNeedsChoices(ShopError):
    """One answer to choose from is no choice: two or more, or none for an open question."""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as it was filled in: open without `choices`, closed with two or more."""

    text: str
    choices: tuple[str, ...] = ()
    lands_in: LandsIn = LandsIn.NOWHERE


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question; `answered` counts the answers there are."""

    id: int
    text: str
    choices: tuple[str, ...]
    lands_in: LandsIn
    archived: bool
    answered: int


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """One script with its questions in their order; `category` is the group of goods it is for, empty: any."""

    id: int
    name: str
    category: str
    archived: bool
    questions: tuple[QuestionRow, ...]


def scripts(session: Session, *, archived: bool = False) -> list[ScriptRow]:
    """The scripts in their order; those put away, and questions put away, only when asked for, last."""
    held = session.scalars(_ordered(NeedScript, archived))
    return [
        ScriptRow(row.id, row.name, row.category, row.archived_at is not None, _questions(session, row.id, archived))
        for row in held
    ]


def add_script(session: Session, name: str, category: str = "") -> int:
    """A new script, the last of them; returns its id. Raises ScriptNeedsAName or ScriptNameTaken."""
    script = NeedScript(position=_next(session, NeedScript))
    _call(session, script, name, category)
    session.add(script)
    session.flush()
    return script.id


def edit_script(session: Session, script_id: int, name: str, category: str = "") -> int:
    """Call a script otherwise, or put it to another group of goods; returns its id.

    Raises ScriptNeedsAName or ScriptNameTaken.
    """
    _call(session, session.get_one(NeedScript, script_id), name, category)
    return script_id


def move_script(session: Session, script_id: int, place: int) -> None:
    """Let a script stand at this place (from 0) among those that are shown."""
    _move(list(session.scalars(_ordered(NeedScript, False))), session.get_one(NeedScript, script_id), place)


def archive_script(session: Session, script_id: int, *, at: datetime) -> None:
    """Put a script away; its questions and what was answered are kept."""
    session.get_one(NeedScript, script_id).archived_at = at


def unarchive_script(session: Session, script_id: int) -> None:
    """Offer a script again."""
    session.get_one(NeedScript, script_id).archived_at = None


def add_question(session: Session, script_id: int, draft: QuestionDraft) -> int:
    """A new question, the last of its script; returns its id. Raises QuestionNeedsWords or QuestionNeedsChoices."""
    values = _columns(draft)
    place = _next(session, ScriptQuestion, ScriptQuestion.script_id == script_id)
    question = ScriptQuestion(script_id=script_id, position=place, **values)
    session.add(question)
    session.flush()
    return question.id


def edit_question(session: Session, question_id: int, draft: QuestionDraft) -> int:
    """Ask a question otherwise; what was answered stays. Returns its id.

    Raises QuestionNeedsWords or QuestionNeedsChoices.
    """
    question = session.get_one(ScriptQuestion, question_id)
    for key, value in _columns(draft).items():
        if getattr(question, key) != value:
            setattr(question, key, value)
    return question_id


def move_question(session: Session, question_id: int, place: int) -> None:
    """Let a question stand at this place (from 0) among those of its script that are shown."""
    question = session.get_one(ScriptQuestion, question_id)
    shown = _ordered(ScriptQuestion, False).where(ScriptQuestion.script_id == question.script_id)
    _move(list(session.scalars(shown)), question, place)


def archive_question(session: Session, question_id: int, *, at: datetime) -> None:
    """Ask a question no more; what was answered is kept."""
    session.get_one(ScriptQuestion, question_id).archived_at = at


def unarchive_question(session: Session, question_id: int) -> None:
    """Ask a question again."""
    session.get_one(ScriptQuestion, question_id).archived_at = None


def _questions(session: Session, script_id: int, archived: bool) -> tuple[QuestionRow, ...]:
    number = select(func.count()).where(ScriptAnswer.question_id == ScriptQuestion.id).scalar_subquery()
    query = _ordered(ScriptQuestion, archived).where(ScriptQuestion.script_id == script_id).add_columns(number)
    return tuple(
        QuestionRow(row.id, row.text, tuple(row.choices), LandsIn(row.lands_in), row.archived_at is not None, count)
        for row, count in session.execute(query)
    )


def _ordered(kind: Any, archived: bool) -> Any:
    query = select(kind).order_by(kind.archived_at.is_not(None), kind.position, kind.id)
    return query if archived else query.where(kind.archived_at.is_(None))


def _next(session: Session, kind: Any, *where: Any) -> int:
    last = session.scalar(select(func.max(kind.position)).where(*where))
    return 0 if last is None else int(last) + 1


def _move(shown: Sequence[Any], moved: Any, place: int) -> None:
    others = [row for row in shown if row is not moved]
    others.insert(max(0, min(place, len(others))), moved)
    for position, row in enumerate(others):
        if row.position != position:
            row.position = position


def _call(session: Session, script: NeedScript, name: str, category: str) -> None:
    words = one_line(name)
    if not words:
        raise ScriptNeedsAName
    others = session.scalars(select(NeedScript.name).where(NeedScript.id != (script.id or 0)))
    if comparison_key(words) in {comparison_key(other) for other in others}:
        raise ScriptNameTaken
    script.name, script.category = words, one_line(category)


def _columns(draft: QuestionDraft) -> dict[str, Any]:
    words = one_line(draft.text)
    if not words:
        raise QuestionNeedsWords
    choices = list({comparison_key(choice): one_line(choice) for choice in draft.choices if one_line(choice)}.values())
    if draft.choices and len(choices) < FEWEST_CHOICES:
        raise QuestionNeedsChoices
    return {"text": words, "choices": choices, "lands_in": draft.lands_in.value}
