"""The parts of a contact beyond its words: mending and removing it, answers that land on the card, ratio, replies."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.complaints import Severity
from app.domain.interactions import Channel, LandsIn, Noticed, Purpose
from app.services import complaints, customers, interactions, products
from app.services.complaints import ComplaintDraft
from app.services.interactions import (
    Answered,
    ContactChanged,
    ContactDraft,
    ContactGone,
    QuestionDraft,
    ReplySeen,
    ServiceRatio,
)
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import Gateway
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WELL = "陆明远"


def log(work: UnitOfWork, who: int, draft: ContactDraft, at: datetime = NOW) -> int:
    return work.write(interactions.log_contact, who, draft, at=at)[0]


@pytest.fixture
def questions(work: UnitOfWork) -> dict[LandsIn, int]:
    """A script with a question for every place an answer may land in, by place."""
    script = work.write(interactions.add_script, "Tea", "green")[0]
    asked = {
        LandsIn.NEEDS: QuestionDraft("Drinks it when?", ("At work", "At home"), LandsIn.NEEDS),
        LandsIn.PREFERENCES: QuestionDraft("Which taste?", (), LandsIn.PREFERENCES),
        LandsIn.BUYS_ELSEWHERE: QuestionDraft("What from others?", (), LandsIn.BUYS_ELSEWHERE),
        LandsIn.FACT: QuestionDraft("Anything to avoid?", (), LandsIn.FACT),
        LandsIn.NOWHERE: QuestionDraft("How was the day?"),
    }
    return {place: work.write(interactions.add_question, script, draft)[0] for place, draft in asked.items()}


def answers(questions: dict[LandsIn, int], words: dict[LandsIn, str]) -> tuple[Answered, ...]:
    return tuple(Answered(questions[place], said) for place, said in words.items())


SAID = {
    LandsIn.NEEDS: "At work",
    LandsIn.PREFERENCES: "Roasted",
    LandsIn.BUYS_ELSEWHERE: "Coffee",
    LandsIn.FACT: "Peanuts",
    LandsIn.NOWHERE: "Fine",
}


def test_answers_land_on_the_card_and_are_undone_with_the_contact(
    gateway: Gateway, work: UnitOfWork, ids: dict[str, int], questions: dict[LandsIn, int]
) -> None:
    before = work.read(customers.card, ids[WELL], TODAY)
    gateway.write(
        interactions.log_contact, ids[WELL], ContactDraft(answers=answers(questions, SAID)), at=NOW, said="Logged"
    )
    after = work.read(customers.card, ids[WELL], TODAY)
    assert (after.draft.needs, after.draft.preferences, after.draft.buys_elsewhere) == ("At work", "Roasted", "Coffee")
    assert "Anything to avoid? Peanuts" in [fact.text for fact in after.facts]
    assert not any("Fine" in fact.text for fact in after.facts)
    assert gateway.undo()
    again = work.read(customers.card, ids[WELL], TODAY)
    assert (again.draft.needs, again.draft.preferences, again.draft.buys_elsewhere) == ("", "", "")
    assert again.facts == before.facts
    assert work.read(interactions.contacts, ids[WELL]) == []


def test_what_the_card_says_already_is_not_said_twice(
    work: UnitOfWork, ids: dict[str, int], questions: dict[LandsIn, int]
) -> None:
    for _ in range(2):
        log(work, ids[WELL], ContactDraft(answers=answers(questions, SAID)))
    log(work, ids[WELL], ContactDraft(answers=answers(questions, {LandsIn.NEEDS: "AT WORK", LandsIn.FACT: "Nuts"})))
    log(work, ids[WELL], ContactDraft(answers=answers(questions, {LandsIn.NEEDS: "At home"})))
    card = work.read(customers.card, ids[WELL], TODAY)
    assert card.draft.needs == "At work\nAt home"
    pinned = [fact.text for fact in card.facts if fact.text.startswith("Anything")]
    assert sorted(pinned) == ["Anything to avoid? Nuts", "Anything to avoid? Peanuts"]


def test_a_contact_is_mended_and_its_version_guards_it(
    work: UnitOfWork, ids: dict[str, int], questions: dict[LandsIn, int]
) -> None:
    first = ContactDraft(summary="Called", answers=answers(questions, {LandsIn.NEEDS: "At work"}))
    contact = log(work, ids[WELL], first)
    seen = work.read(interactions.contact, contact)
    assert (seen.customer_id, seen.draft.summary, seen.draft.answers) == (ids[WELL], "Called", first.answers)
    yesterday = NOW - timedelta(days=1)
    mended = ContactDraft(
        channel=Channel.VISIT,
        purpose=Purpose.SELL,
        summary="Came in",
        objection="Too dear",
        reply="Smaller tin",
        reply_worked=True,
        demonstrated="Brewed it",
        answers=answers(questions, {LandsIn.NEEDS: "At home"}),
    )
    work.write(interactions.edit_contact, contact, mended, at=yesterday, version=seen.version)
    now = work.read(interactions.contact, contact)
    assert (now.draft.summary, now.draft.objection, now.draft.reply_worked) == ("Came in", "Too dear", True)
    assert now.draft.answers == mended.answers
    assert work.read(interactions.contacts, ids[WELL])[0].day == TODAY - timedelta(days=1)
    assert work.read(customers.rows, [ids[WELL]])[0].last_contact_on == TODAY - timedelta(days=1)
    with pytest.raises(ContactChanged):
        work.write(interactions.edit_contact, contact, first, at=NOW, version=seen.version)


def test_another_answer_alone_makes_another_version(
    work: UnitOfWork, ids: dict[str, int], questions: dict[LandsIn, int]
) -> None:
    contact = log(work, ids[WELL], ContactDraft(summary="Called"))
    seen = work.read(interactions.contact, contact)
    answered = ContactDraft(
        summary="Called", staff_id=seen.draft.staff_id, answers=answers(questions, {LandsIn.NEEDS: "At work"})
    )
    work.write(interactions.edit_contact, contact, answered, at=NOW, version=seen.version)
    with pytest.raises(ContactChanged):
        work.write(interactions.edit_contact, contact, answered, at=NOW, version=seen.version)


def test_a_removed_contact_comes_back_whole(
    gateway: Gateway, work: UnitOfWork, ids: dict[str, int], questions: dict[LandsIn, int]
) -> None:
    contact = log(work, ids[WELL], ContactDraft(summary="Called", answers=answers(questions, SAID)))
    whole = work.read(interactions.contact, contact)
    gateway.write(interactions.remove_contact, contact, said="Removed")
    assert work.read(interactions.contacts, ids[WELL]) == []
    assert work.read(customers.rows, [ids[WELL]])[0].last_contact_on is None
    with pytest.raises(ContactGone):
        work.read(interactions.contact, contact)
    assert gateway.undo()
    back = work.read(interactions.contact, contact)
    assert (back.draft, back.at) == (whole.draft, whole.at)
    assert work.read(customers.rows, [ids[WELL]])[0].last_contact_on == TODAY


def test_a_complaint_opened_from_a_contact_is_linked_and_undone(
    gateway: Gateway, work: UnitOfWork, ids: dict[str, int]
) -> None:
    contact = log(work, ids[WELL], ContactDraft(channel=Channel.WECHAT, summary="The tea was stale"))
    draft = ComplaintDraft("product", Severity.MINOR, "The tea was stale", customer_id=ids[WELL])
    case_id = gateway.write(interactions.open_complaint, contact, draft, at=NOW, said="Logged")
    assert case_id is not None
    seen = work.read(interactions.contact, contact)
    assert (seen.complaint_id, seen.draft.noticed) == (case_id, Noticed.DISSATISFIED)
    case = work.read(complaints.case, case_id, NOW)
    assert (case.card.channel, case.card.number) == (Channel.WECHAT, seen.complaint_number)
    assert gateway.undo()
    undone = work.read(interactions.contact, contact)
    assert (undone.complaint_id, undone.draft.noticed) == (None, None)


def test_care_and_selling_are_counted_where_somebody_was_spoken_to(work: UnitOfWork, ids: dict[str, int]) -> None:
    whole = work.read(interactions.service_ratio, None, date(2025, 11, 24), TODAY)
    for purpose in (Purpose.CARE, Purpose.CARE, Purpose.CARE, Purpose.SELL):
        log(work, ids[WELL], ContactDraft(purpose=purpose))
    log(work, ids[WELL], ContactDraft(purpose=Purpose.SELL, reached=False))
    log(work, ids[WELL], ContactDraft(purpose=Purpose.SELL), at=NOW - timedelta(days=400))
    ratio = work.read(interactions.service_ratio, ids[WELL], TODAY - timedelta(days=365), TODAY)
    assert ratio == ServiceRatio(care=3, sell=1)
    shop = work.read(interactions.service_ratio, None, date(2025, 11, 24), TODAY)
    assert shop == ServiceRatio(whole.care + 3, whole.sell + 1)


@pytest.fixture
def tried(work: UnitOfWork, ids: dict[str, int]) -> None:
    """Replies to two objections, with what became of them."""
    told = [
        ("Too expensive for me", "Try the 25 g tin", True),
        ("It is expensive", "Try the 25 g tin.", True),
        ("so expensive!", "try the 25 g tin", False),
        ("Expensive", "Quality has its price", False),
        ("rather expensive", "Compare a cup, not a tin", True),
        ("太贵了，比网上贵", "先试小罐装", True),
        ("Has caffeine", "Evening tea has none", True),
        ("expensive", "Nobody knows yet", None),
    ]
    for objection, reply, worked in told:
        log(work, ids[WELL], ContactDraft(objection=objection, reply=reply, reply_worked=worked))


@pytest.mark.usefixtures("tried")
def test_replies_that_worked_are_offered_the_surest_first(work: UnitOfWork) -> None:
    offered = work.read(interactions.replies_that_worked, "expens")
    assert [(reply.reply.casefold().rstrip("."), reply.worked, reply.tried) for reply in offered] == [
        ("compare a cup, not a tin", 1, 1),
        ("try the 25 g tin", 2, 3),
    ]


@pytest.mark.usefixtures("tried")
def test_replies_answer_what_was_typed_in_chinese_too(work: UnitOfWork) -> None:
    assert work.read(interactions.replies_that_worked, "贵了点，太贵了") == [ReplySeen("先试小罐装", 1, 1)]
    assert work.read(interactions.replies_that_worked, "不好喝") == []
    assert work.read(interactions.replies_that_worked) == []


def test_without_words_the_article_says_which_replies(work: UnitOfWork, ids: dict[str, int]) -> None:
    tea, ware = (row.id for row in work.read(products.products)[:2])
    log(work, ids[WELL], ContactDraft(objection="Dear", reply="Small bag", reply_worked=True, product_id=tea))
    log(work, ids[WELL], ContactDraft(objection="Thin", reply="Hold it", reply_worked=True, product_id=ware))
    assert work.read(interactions.replies_that_worked, "", tea) == [ReplySeen("Small bag", 1, 1)]
