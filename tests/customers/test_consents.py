"""Who allowed what: the newest word counts, silence is a no, and "do not contact" overrules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.interactions import Channel
from app.domain.selling import Barrier
from app.models.customers import Customer
from app.models.interactions import Interaction, NeedScript, ScriptAnswer, ScriptQuestion
from app.services import customers
from app.services.customers import AnswerTold, ConsentTold, ContactTold, CustomerDraft, Kind
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def person(work: UnitOfWork, *, do_not_contact: bool = False) -> int:
    return work.write(customers.add, CustomerDraft(name="王姐", do_not_contact=do_not_contact), at=NOW)[0]


def merge(work: UnitOfWork, gone: int, kept: int) -> None:
    with Session(work.engine) as session:
        session.get_one(Customer, gone).merged_into = kept
        session.commit()


def test_the_newest_word_counts_and_the_history_stays(work: UnitOfWork) -> None:
    someone = person(work)
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past one on the 23rd in the shop
    work.write(customers.record_consent, someone, Channel.SMS, True, " paper\nform ", at=late)
    work.write(customers.record_consent, someone, Channel.EMAIL, True, "counter", at=NOW)
    _, no = work.write(customers.record_consent, someone, Channel.SMS, False, "phone", at=NOW + timedelta(hours=1))
    said = work.read(customers.consents, someone)
    assert [(row.channel, row.given, row.source) for row in said.history] == [
        (Channel.SMS, False, "phone"),
        (Channel.EMAIL, True, "counter"),
        (Channel.SMS, True, "paper form"),
    ]
    assert said.history[2].on == TODAY
    by = (Channel.SMS, Channel.EMAIL, Channel.CALL)
    assert [work.read(customers.may_sell, someone, channel).allowed for channel in by] == [False, True, False]
    assert work.read(customers.card, someone, TODAY).consents == said
    work.write(put_back, no.rows)
    assert work.read(customers.may_sell, someone, Channel.SMS).allowed


def test_do_not_contact_overrules_a_yes(work: UnitOfWork) -> None:
    someone = person(work, do_not_contact=True)
    work.write(customers.record_consent, someone, Channel.SMS, True, "counter", at=NOW)
    assert work.read(customers.may_sell, someone, Channel.SMS).barriers == (Barrier.DO_NOT_CONTACT,)
    assert work.read(customers.may_sell, someone, Channel.VISIT).allowed, "they came"


def test_the_word_given_on_a_card_merged_away_counts_for_the_one_that_answers(work: UnitOfWork) -> None:
    old, kept, last = person(work), person(work), person(work)
    work.write(customers.record_consent, kept, Channel.SMS, True, "counter", at=NOW)
    merge(work, old, kept)
    merge(work, kept, last)
    assert work.read(customers.audience, [old, last], Channel.SMS).may == (last,)
    with Session(work.engine) as session:
        session.get_one(Customer, last).do_not_contact = True
        session.commit()
    assert work.read(customers.audience, [old, kept, last], Channel.SMS).may == ()


said_before = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Channel), st.booleans()), max_size=8)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=said_before, barred=st.sets(st.integers(0, 2)))
def test_the_newest_word_of_each_counts(
    work: UnitOfWork, words: list[tuple[int, Channel, bool]], barred: set[int]
) -> None:
    ids = [person(work, do_not_contact=place in barred) for place in range(3)]
    for minute, (who, channel, given_) in enumerate(words):
        at = NOW + timedelta(minutes=minute // 2)  # two at the same moment: the later noted counts
        work.write(customers.record_consent, ids[who], channel, given_, "", at=at)
    newest = {(ids[who], channel): yes for who, channel, yes in words}
    for channel in set(Channel) - {Channel.VISIT}:
        yes = [key for place, key in enumerate(ids) if place not in barred and newest.get((key, channel))]
        assert work.read(customers.audience, [*ids, 999_999], channel).may == tuple(yes)


def test_the_timeline_tells_words_and_answers_in_their_order(work: UnitOfWork) -> None:
    someone = person(work)
    work.write(customers.record_consent, someone, Channel.WECHAT, True, "counter", at=NOW)
    with Session(work.engine) as session:
        script = NeedScript(name="Tea")
        session.add(script)
        session.flush()
        question = ScriptQuestion(script_id=script.id, text="For whom?")
        call = Interaction(
            customer_id=someone,
            at=NOW - timedelta(days=1),
            shop_day=TODAY - timedelta(days=1),
            staff_id=1,
            channel=Channel.CALL,
            direction="out",
            purpose="care",
        )
        session.add_all([question, call])
        session.flush()
        for text, contact, ago in (("her mother", call.id, 1), ("herself", None, 2)):
            day = TODAY - timedelta(days=ago)
            session.add(
                ScriptAnswer(
                    question_id=question.id, customer_id=someone, interaction_id=contact, shop_day=day, text=text
                )
            )
        session.commit()
    whole = work.read(customers.timeline, someone)
    (told,) = (entry.what for entry in whole if entry.kind is Kind.CONTACT)
    assert isinstance(told, ContactTold)
    assert told.answers == (AnswerTold("For whom?", "her mother"),)
    assert [(entry.kind, entry.what) for entry in whole if entry.kind is not Kind.CONTACT] == [
        (Kind.CONSENT, ConsentTold(Channel.WECHAT, True, "counter")),
        (Kind.ANSWER, AnswerTold("For whom?", "herself")),
    ]
    paged: list[customers.Entry] = []
    while page := work.read(customers.timeline, someone, before=paged[-1].cursor if paged else None, limit=1):
        paged += page
    assert paged == whole
    opened = work.read(customers.opened, someone, TODAY)
    assert (list(opened.entries), opened.count) == (whole, 3)
    assert opened.count == work.read(customers.timeline_count, someone)


@pytest.mark.parametrize("kinds", [{Kind.SALE}, {Kind.CONSENT}, set()])
def test_opening_counts_only_the_kinds_asked_for(work: UnitOfWork, kinds: set[Kind]) -> None:
    someone = person(work)
    work.write(customers.record_consent, someone, Channel.WECHAT, True, "counter", at=NOW)
    assert work.read(customers.opened, someone, TODAY, kinds).count == len(kinds & {Kind.CONSENT})
