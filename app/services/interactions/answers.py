"""What a customer answered: kept with the contact, and landed on the card where the question says so."""

import re
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.interactions import LandsIn
from app.domain.text import comparison_key, one_line
from app.models.customers import Customer, PinnedFact
from app.models.interactions import Interaction, ScriptAnswer, ScriptQuestion
from app.services.customers.checks import note_changes, weighty
from app.services.customers.facts import pin_fact
from app.services.customers.families import answered_for, answering
from app.services.interactions.drafts import Answered

_PARTS = re.compile("[\\n;,、；，]")


def write_answers(session: Session, contact: Interaction, wanted: Sequence[Answered]) -> bool:
    """Keep exactly these answers with a contact; those that are new land. Returns whether any changed."""
    held = {row.question_id: row for row in session.scalars(_of(contact.id))}
    said = {answer.question_id: one_line(answer.text) for answer in wanted if one_line(answer.text)}
    gone = [row for key, row in held.items() if key not in said]
    fresh = {key: words for key, words in said.items() if key not in held or held[key].text != words}
    for row in gone:
        session.delete(row)
    for question_id, words in fresh.items():
        _keep(session, contact, held.get(question_id), question_id, words)
    session.flush()
    return bool(gone or fresh)


def _of(contact_id: int) -> Select[ScriptAnswer]:
    return select(ScriptAnswer).where(ScriptAnswer.interaction_id == contact_id)


def _keep(session: Session, contact: Interaction, held: ScriptAnswer | None, question_id: int, words: str) -> None:
    if held is not None:
        held.text = words
    else:
        session.add(
            ScriptAnswer(
                question_id=question_id,
                customer_id=contact.customer_id,
                interaction_id=contact.id,
                shop_day=contact.shop_day,
                text=words,
            )
        )
    _land(session, contact, session.get_one(ScriptQuestion, question_id), words)


def _land(session: Session, contact: Interaction, question: ScriptQuestion, words: str) -> None:
    """On the card that answers for the customer: a contact may stand under one that was merged into it."""
    card_id, lands = answering(session, contact.customer_id), LandsIn(question.lands_in)
    if lands is LandsIn.NOWHERE:
        return
    if lands is LandsIn.FACT:
        _pin(session, card_id, f"{question.text} {words}", contact)
        return
    card = session.get_one(Customer, card_id)
    before = weighty(card)
    setattr(card, lands.value, with_words(getattr(card, lands.value), words))
    note_changes(session, card, before)


def with_words(held: str, words: str) -> str:
    """A text of the card with these words as its last line, unless it says them already."""
    known = {comparison_key(held), *(comparison_key(part) for part in _PARTS.split(held))}
    if comparison_key(words) in known:
        return held
    return f"{held}\n{words}" if held.strip() else words


def _pin(session: Session, card_id: int, fact: str, contact: Interaction) -> None:
    family = answered_for(session, card_id)
    pinned = session.scalars(select(PinnedFact.text).where(PinnedFact.customer_id.in_(family)))
    if comparison_key(fact) not in {comparison_key(known) for known in pinned}:
        pin_fact(session, card_id, fact, at=contact.at)
