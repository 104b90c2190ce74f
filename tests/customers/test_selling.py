"""Who may be sold to, and if not, why: the rule as a table, and the service against a reckoning of its own."""

import json
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity
from app.domain.interactions import Channel
from app.domain.selling import AT_THE_COUNTER, Barrier, Known, barriers
from app.models.complaints import Complaint
from app.models.customers import Consent, Customer
from app.services import customers
from app.services.customers import selling
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SMS = Channel.SMS


@pytest.mark.parametrize(
    ("known", "counter", "any_channel", "by_sms"),
    [
        (Known(), "", "", "no_consent"),
        (Known(consent=True), "", "", ""),
        (Known(complaint=True, consent=True), "complaint", "complaint", "complaint"),
        (Known(do_not_contact=True), "", "do_not_contact", "do_not_contact no_consent"),
        (Known(archived=True, consent=True), "archived", "archived", "archived"),
        (Known(erased=True, complaint=True), "erased complaint", "erased complaint", "erased complaint no_consent"),
    ],
)
def test_what_stands_in_the_way(known: Known, counter: str, any_channel: str, by_sms: str) -> None:
    said = [" ".join(barriers(known, channel)) for channel in (AT_THE_COUNTER, None, SMS)]
    assert said == [counter, any_channel, by_sms]


@pytest.mark.parametrize("flags", list(product([False, True], repeat=4)))
def test_no_barrier_lifts_another(flags: tuple[bool, ...]) -> None:
    """Whatever else is known, each reason stands; none: the person may be sold to."""
    erased, archived, complaint, barred = flags
    found = barriers(Known(erased, archived, complaint, barred), None)
    expected = zip((Barrier.ERASED, Barrier.ARCHIVED, Barrier.COMPLAINT, Barrier.DO_NOT_CONTACT), flags, strict=True)
    assert found == tuple(barrier for barrier, stands in expected if stands)


PEOPLE = 5
Story = tuple[list[int | None], list[tuple[int, ComplaintState]], list[bool], list[bool | None], list[bool]]
stories = st.tuples(
    st.lists(st.one_of(st.none(), st.integers(0, PEOPLE - 1)), min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(ComplaintState)), max_size=4),
    st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.one_of(st.none(), st.booleans()), min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE),
)


def furnish(work: UnitOfWork, story: Story) -> None:
    """The same five cards each time: merged, complaining, barred, asked for leave and archived as the story says."""
    merged, cases, barred, agreed, archived = story
    with Session(work.engine) as session:
        for table in (Complaint, Consent):
            session.execute(delete(table))
        for place in range(PEOPLE):
            card = session.get_one(Customer, place + 1)
            card.merged_into = None if onward(merged, place) is None else onward(merged, place) + 1  # type: ignore[operator]
            card.do_not_contact, card.archived_at = barred[place], NOW if archived[place] else None
        for number, (place, state) in enumerate(cases):
            more = {"words": "Cold", "category": "product", "severity": Severity.MINOR, "shop_day": NOW.date()}
            session.add(Complaint(number=number, customer_id=place + 1, opened_at=NOW, staff_id=1, state=state, **more))
        for place, yes in enumerate(agreed):
            if yes is not None:
                when = {"at": NOW, "shop_day": NOW.date()}
                session.add(Consent(customer_id=place + 1, channel=SMS, given=yes, source="", staff_id=1, **when))
        session.commit()


def onward(merged: list[int | None], place: int) -> int | None:
    """Only into a card further on, so that nobody answers for themselves by a detour."""
    into = merged[place]
    return into if into is not None and into > place else None


def reckoned(story: Story, card: int) -> tuple[int, set[Barrier]]:
    """Who answers for a card, and what stands in the way of an SMS, in plain Python."""
    merged, cases, barred, agreed, archived = story

    def top(place: int) -> int:
        into = onward(merged, place)
        return place if into is None else top(into)

    owner = top(card)
    family = [place for place in range(PEOPLE) if top(place) == owner]
    words = [agreed[place] for place in range(PEOPLE) if top(place) == owner and agreed[place] is not None]
    found = {
        Barrier.ARCHIVED: archived[owner],
        Barrier.COMPLAINT: any(place in family and state is not ComplaintState.CLOSED for place, state in cases),
        Barrier.DO_NOT_CONTACT: barred[owner],
        Barrier.NO_CONSENT: not words or not words[-1],
    }
    return owner, {barrier for barrier, stands in found.items() if stands}


@pytest.fixture
def five(work: UnitOfWork) -> UnitOfWork:
    """A shop with five cards, numbered from 1."""
    for _ in range(PEOPLE):
        work.write(customers.add, customers.CustomerDraft("Somebody"), at=NOW)
    return work


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories)
def test_the_service_says_what_plain_reckoning_says(five: UnitOfWork, story: Story) -> None:
    work = five
    furnish(work, story)
    everyone = range(1, PEOPLE + 1)
    answers = {}
    for card in range(PEOPLE):
        one = work.read(customers.may_sell, card + 1, SMS)
        assert (one.customer_id - 1, set(one.barriers)) == reckoned(story, card)
        answers[one.customer_id] = one
    asked = work.read(customers.audience, everyone, SMS)
    assert asked.may == tuple(sorted(key for key, one in answers.items() if one.allowed))
    assert asked.held == tuple(answers[key] for key in sorted(answers) if not answers[key].allowed)
    assert sum(asked.counts.values()) == len(asked.held)


SPARED = {None: {Barrier.NO_CONSENT}, AT_THE_COUNTER: {Barrier.NO_CONSENT, Barrier.DO_NOT_CONTACT}, SMS: set[Barrier]()}
"""What does not stand in the way by each channel, of all that stands in the way of an SMS."""


@pytest.mark.parametrize("channel", list(SPARED))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories)
def test_many_are_answered_for_as_each_alone(five: UnitOfWork, channel: Channel | None, story: Story) -> None:
    """Whoever has nothing against them is not looked at; that must leave out nobody who has."""
    furnish(five, story)
    told = {card + 1: reckoned(story, card) for card in range(PEOPLE)}
    barred = {card for card, (_, found) in told.items() if found - SPARED[channel]}
    asked = five.read(customers.audience, range(1, PEOPLE + 1), channel)
    assert asked.cards == barred
    assert asked.may == tuple(sorted({owner + 1 for card, (owner, _) in told.items() if card not in barred}))
    assert {one.customer_id: set(one.barriers) for one in asked.held} == {
        told[card][0] + 1: told[card][1] - SPARED[channel] for card in barred
    }
    with Session(five.engine) as session:
        of_cases = json.dumps(list(customers.braked(session)))
        in_doubt = set(session.scalars(selling.in_doubt(bindparam("cases")), {"cases": of_cases}))
    assert channel is SMS or barred <= in_doubt
