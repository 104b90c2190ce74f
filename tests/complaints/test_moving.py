"""A case goes from state to state: by the rules, with an event each, and back again."""

import pytest

from app.domain.complaints import ComplaintState, MoveRefused
from app.services import complaints, settings
from app.services.complaints import NoSuchAnswer
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import CLOSED, NOW, OPEN, RESOLVED, WAITING, at, board, complain, move


def states(work: UnitOfWork, key: int) -> list[ComplaintState]:
    events = work.read(complaints.case, key, NOW).events
    return [event.state for event in events if not event.taken_back and not event.takes_back]


def test_each_move_is_an_event_with_its_note(work: UnitOfWork) -> None:
    key = complain(work, at(20))
    move(work, key, WAITING, at(21), note="the maker")
    move(work, key, RESOLVED, at(22), remedy="A new lid")
    move(work, key, CLOSED, at(23), satisfaction=5)
    case = work.read(complaints.case, key, NOW)
    assert [(event.at, event.state, event.note) for event in case.events] == [
        (at(20), OPEN, ""),
        (at(21), WAITING, "the maker"),
        (at(22), RESOLVED, ""),
        (at(23), CLOSED, ""),
    ]
    assert (case.card.remedy, case.card.satisfaction, case.card.state) == ("A new lid", 5, CLOSED)


def test_a_move_that_does_not_follow_is_refused(work: UnitOfWork) -> None:
    key = complain(work)
    with pytest.raises(MoveRefused) as refusal:
        move(work, key, CLOSED)
    assert refusal.value.numbers == {"before": "open", "after": "closed"}
    assert states(work, key) == [OPEN]


def test_a_low_answer_opens_the_case_again(work: UnitOfWork) -> None:
    key = complain(work, at(20))
    move(work, key, RESOLVED, at(21))
    answer, _ = work.write(complaints.move, key, CLOSED, at(22), satisfaction=2)
    assert answer is OPEN
    assert states(work, key) == [OPEN, RESOLVED, OPEN]
    assert work.read(complaints.case, key, NOW).card.satisfaction == 2
    assert work.read(complaints.unsettled) == 1


def test_the_shop_says_which_answer_is_low(work: UnitOfWork) -> None:
    work.write(settings.change, {"complaint_reopen_at": 3})
    key = complain(work, on_the_spot=True)
    assert work.write(complaints.move, key, CLOSED, NOW, satisfaction=3)[0] is OPEN
    other = complain(work, on_the_spot=True)
    assert work.write(complaints.move, other, CLOSED, NOW, satisfaction=4)[0] is CLOSED


@pytest.mark.parametrize("answer", [0, 6])
def test_an_answer_is_one_to_five(work: UnitOfWork, answer: int) -> None:
    key = complain(work, on_the_spot=True)
    with pytest.raises(NoSuchAnswer):
        move(work, key, CLOSED, satisfaction=answer)
    assert states(work, key) == [OPEN, RESOLVED]


def test_an_empty_remedy_keeps_what_is_known(work: UnitOfWork) -> None:
    key = complain(work, on_the_spot=True, remedy="A new lid")
    move(work, key, OPEN)
    move(work, key, RESOLVED, remedy=" ")
    assert work.read(complaints.case, key, NOW).card.remedy == "A new lid"


def test_solved_within_the_visit_counts_as_on_the_spot_until_it_comes_back(work: UnitOfWork) -> None:
    key, late = complain(work, at(23, 9)), complain(work, at(23, 9))
    move(work, key, RESOLVED, at(23, 9, 30))
    move(work, late, RESOLVED, at(23, 9, 31))
    spots = {card.id: card.on_the_spot for card in board(work).lane(RESOLVED).cards}
    assert spots == {key: True, late: False}
    move(work, key, OPEN, at(23, 9, 45))
    assert not work.read(complaints.case, key, NOW).card.on_the_spot


def test_a_clock_set_back_does_not_shuffle_the_history(work: UnitOfWork) -> None:
    key = complain(work, at(23, 10))
    move(work, key, WAITING, at(23, 9))
    case = work.read(complaints.case, key, NOW)
    assert [(event.state, event.at) for event in case.events] == [(OPEN, at(23, 10)), (WAITING, at(23, 10))]
    assert case.card.state is WAITING


def test_a_move_is_taken_back_and_done_again(work: UnitOfWork) -> None:
    key = complain(work, at(20))
    _, moved = work.write(complaints.move, key, RESOLVED, at(21), remedy="A new lid")
    _, undone = work.write(put_back, moved.rows)
    card = work.read(complaints.case, key, NOW).card
    assert (card.state, card.remedy, states(work, key)) == (OPEN, "", [OPEN])
    work.write(put_back, undone.rows)
    assert states(work, key) == [OPEN, RESOLVED]
    assert work.read(complaints.case, key, NOW).card.remedy == "A new lid"
