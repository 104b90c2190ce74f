"""Need-finding scripts: the shop's own questions by group of goods, made, ordered and put away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.interactions import LandsIn
from app.domain.text import comparison_key, one_line
from app.models.interactions import NeedScript, ScriptAnswer, ScriptQuestion
from app.services.settings.ordered import in_order, is_taken, next_place, put_at, put_away

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
    held = session.scalars(in_order(NeedScript, away=archived))
    return [
        ScriptRow(row.id, row.name, row.category, row.archived_at is not None, _questions(session, row.id, archived))
        for row in held
    ]


def add_script(session: Session, name: str, category: str = "") -> int:
    """A new script, the last of them; returns its id. Raises ScriptNeedsAName or ScriptNameTaken."""
    script = NeedScript(position=next_place(session, NeedScript))
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
    put_at(session, NeedScript, script_id, place)


def archive_script(session: Session, script_id: int, *, at: datetime) -> None:
    """Put a script away; its questions and what was answered are kept."""
    put_away(session, NeedScript, script_id, at)


def unarchive_script(session: Session, script_id: int) -> None:
    """Offer a script again."""
    put_away(session, NeedScript, script_id, None)


def add_question(session: Session, script_id: int, draft: QuestionDraft) -> int:
    """A new question, the last of its script; returns its id. Raises QuestionNeedsWords or QuestionNeedsChoices."""
    values = _columns(draft)
    place = next_place(session, ScriptQuestion, ScriptQuestion.script_id == script_id)
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
    put_at(session, ScriptQuestion, question_id, place, ScriptQuestion.script_id == question.script_id)


def archive_question(session: Session, question_id: int, *, at: datetime) -> None:
    """Ask a question no more; what was answered is kept."""
    put_away(session, ScriptQuestion, question_id, at)


def unarchive_question(session: Session, question_id: int) -> None:
    """Ask a question again."""
    put_away(session, ScriptQuestion, question_id, None)


def _questions(session: Session, script_id: int, archived: bool) -> tuple[QuestionRow, ...]:
    number = select(func.count()).where(ScriptAnswer.question_id == ScriptQuestion.id).scalar_subquery()
    own = ScriptQuestion.script_id == script_id
    query = in_order(ScriptQuestion, ScriptQuestion, number, away=archived).where(own)
    return tuple(
        QuestionRow(row.id, row.text, tuple(row.choices), LandsIn(row.lands_in), row.archived_at is not None, count)
        for row, count in session.execute(query)
    )


def _call(session: Session, script: NeedScript, name: str, category: str) -> None:
    words = one_line(name)
    if not words:
        raise ScriptNeedsAName
    if is_taken(session, NeedScript.name, words, script.id):
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
