"""Cards are given, lost, replaced and taken back; a number answers for one person; nothing is ever rewritten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.bootstrap import found_shop, open_shop
from app.domain.errors import ShopError
from app.domain.member_cards import Scheme
from app.services import customers, duplicates, member_cards, privacy, search
from app.services.customers import CustomerDraft
from app.services.settings import change
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.till.counter import MORNING
from tests.transfer.bringing import asked


def issue(work: UnitOfWork, person: int, number: str = "") -> str:
    return work.write(member_cards.issue, person, number, at=MORNING)[0]


def back(work: UnitOfWork, changes: Changes) -> Changes:
    way = changes.taken_back_by
    assert way is not None
    return work.write(way.service, *way.args, **way.named)[1]


def good(work: UnitOfWork, person: int) -> list[str]:
    return [card.number for card in work.read(member_cards.cards_of, person) if card.good]


def test_numbers_run_on_with_their_check_digit(work: UnitOfWork, ann: int, ben: int) -> None:
    assert [issue(work, ann), issue(work, ben)] == ["M0000018", "M0000026"]
    work.write(change, {"member_card_prefix": "", "member_card_digits": 4})
    assert issue(work, ann) == "00018"
    work.write(change, {"member_card_prefix": "M", "member_card_digits": 6})
    assert work.read(member_cards.next_number) == "M0000034"
    assert good(work, ann) == ["00018", "M0000018"]


def test_no_number_is_given_twice_once_the_digits_are_used_up(work: UnitOfWork, ann: int) -> None:
    plastic = Scheme("M", 6).numbered(999_998)
    issue(work, ann, plastic)
    given = [issue(work, ann) for _ in range(3)]
    assert given == [Scheme("M", 6).numbered(running) for running in (999_999, 1_000_000, 1_000_001)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("M0000019", "card_number_mistyped"), ("12", "card_number_unreadable"), ("a/b c", "card_number_unreadable")],
)
def test_a_mistyped_number_is_not_given(work: UnitOfWork, ann: int, typed: str, code: str) -> None:
    with pytest.raises(member_cards.BadCardNumber) as refused:
        issue(work, ann, typed)
    assert refused.value.code == code


def test_a_number_is_one_card(work: UnitOfWork, ann: int, ben: int) -> None:
    assert issue(work, ann, "6688 0001-2345") == "668800012345"
    with pytest.raises(member_cards.CardNumberTaken) as refused:
        issue(work, ben, "668800012345")
    assert refused.value.numbers == {"customer_id": ann}


def test_a_lost_card_is_refused_with_its_day_and_the_new_one(work: UnitOfWork, ann: int) -> None:
    old = issue(work, ann)
    new, changes = work.write(member_cards.report_lost, old, " left in a taxi ", at=MORNING + timedelta(days=2))
    card = work.read(member_cards.look_up, old.lower())
    assert card is not None and (card.good, card.reason, card.replaced_by) == (False, "left in a taxi", new)
    assert card.at == MORNING + timedelta(days=2) and good(work, ann) == [new]
    with pytest.raises(member_cards.NotAGoodCard):
        work.write(member_cards.report_lost, old, "again", at=MORNING)
    with pytest.raises(member_cards.CardNumberTaken):
        issue(work, ann, old)
    undone = back(work, changes)
    assert good(work, ann) == [old] and work.read(member_cards.look_up, new) is None
    back(work, undone)
    assert good(work, ann) == [new]
    kinds = [event.kind.value for event in reversed(work.read(member_cards.card_history, ann))]
    assert kinds == ["issued", "lost", "issued", "found", "withdrawn", "lost", "issued"]


def test_a_loss_needs_a_reason_and_may_wait_for_its_new_card(work: UnitOfWork, ann: int) -> None:
    old = issue(work, ann)
    with pytest.raises(member_cards.LossReasonMissing):
        work.write(member_cards.report_lost, old, "  ", at=MORNING)
    new, changes = work.write(member_cards.report_lost, old, "stolen", at=MORNING, replace=False)
    assert (new, good(work, ann)) == ("", [])
    back(work, changes)
    assert good(work, ann) == [old]


def test_an_issue_is_taken_back_and_the_number_is_free(work: UnitOfWork, ann: int, ben: int) -> None:
    _, changes = work.write(member_cards.issue, ann, "A1234", at=MORNING)
    undone = back(work, changes)
    assert work.read(member_cards.look_up, "A1234") is None
    issue(work, ben, "A1234")
    assert (good(work, ann), good(work, ben)) == ([], ["A1234"])
    assert [hit.id for hit in work.read(search.find, "A1234")] == [ben]
    with pytest.raises(member_cards.CardNumberTaken):
        back(work, undone)


def test_those_without_a_card_are_given_one_in_one_act(work: UnitOfWork, ann: int, ben: int) -> None:
    issue(work, ann)
    number, changes = work.write(member_cards.issue_many, [ann, ben, ben], at=MORNING)
    assert (number, good(work, ann), good(work, ben)) == (1, ["M0000018"], ["M0000026"])
    undone = back(work, changes)
    assert good(work, ben) == []
    back(work, undone)
    assert good(work, ben) == ["M0000026"]
    held = work.read(member_cards.cards_of_many, [ann, ben])
    assert [[card.number for card in held[one]] for one in (ann, ben)] == [["M0000018"], ["M0000026"]]


def test_the_ledger_of_cards_is_never_rewritten(work: UnitOfWork, ann: int) -> None:
    issue(work, ann)
    for statement in ("UPDATE member_card_events SET number = 'X'", "DELETE FROM member_card_events"):
        with pytest.raises(Exception, match="append-only"), work.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_both_cards_answer_for_whoever_was_merged(work: UnitOfWork, ann: int, ben: int) -> None:
    first, second = issue(work, ann), issue(work, ben)
    done, _ = work.write(duplicates.merge, ann, ben)
    kept = done.kept_id
    for number in (first, second):
        card = work.read(member_cards.look_up, number)
        assert card is not None and card.customer_id == kept
        assert [hit.id for hit in work.read(search.find, number)] == [kept]
    assert sorted(good(work, kept)) == sorted([first, second])
    work.write(duplicates.unmerge, done.merge_id)
    assert (good(work, ann), good(work, ben)) == ([first], [second])
    assert [hit.id for hit in work.read(search.find, second)] == [ben]


def test_whoever_is_erased_leaves_no_card(work: UnitOfWork, ann: int, ben: int) -> None:
    number, other = issue(work, ann, "PLASTIC77"), issue(work, ben)
    told = work.read(privacy.personal_data, ann, at=MORNING)
    (section,) = [section for section in told.sections if section.code == "member_cards"]
    assert [(row["card_number"], row["card_event"]) for row in section.rows] == [(number, "issued")]
    work.write(privacy.erase, ann, at=MORNING)
    assert work.read(member_cards.look_up, number) is None and work.read(search.find, number) == []
    assert asked(work, "SELECT number FROM member_card_events") == [(other,)]
    assert number.encode() not in work.path.read_bytes()


def test_search_tells_a_lost_card_and_the_one_in_use(work: UnitOfWork, ann: int) -> None:
    old = issue(work, ann)
    new, _ = work.write(member_cards.report_lost, old, "lost", at=MORNING)
    (hit,) = work.read(search.find, old)
    assert [(part.kind, part.text) for part in hit.parts] == [("lost_card", old), ("card", new)]
    (hit,) = work.read(search.find, new)
    assert [(part.kind, part.text) for part in hit.parts] == [("card", new)]
    (hit,) = work.read(search.find, "Ann")
    assert hit.parts == ()


class Cards(RuleBasedStateMachine):
    """Any run of acts and of their undoing; a plain dictionary says what must be true."""

    make: Callable[[], UnitOfWork]

    @initialize()
    def begin(self) -> None:
        self.work = type(self).make()
        drafts = (CustomerDraft(name=name) for name in ("Ann", "Ben"))
        self.people = [self.work.write(customers.add, draft, at=MORNING)[0] for draft in drafts]
        self.held: dict[str, tuple[int, bool]] = {}
        self.steps: list[tuple[Changes, dict[str, tuple[int, bool]]]] = []

    def _did(self, changes: Changes, before: dict[str, tuple[int, bool]]) -> None:
        self.steps.append((changes, before))

    @rule(who=st.integers(0, 1))
    def give(self, who: int) -> None:
        before = dict(self.held)
        number, changes = self.work.write(member_cards.issue, self.people[who], at=MORNING)
        assert number not in self.held
        self.held[number] = (self.people[who], True)
        self._did(changes, before)

    @rule(data=st.data(), replace=st.booleans())
    def lose(self, data: st.DataObject, replace: bool) -> None:
        in_use = [number for number, (_, fine) in self.held.items() if fine]
        if not in_use:
            return
        number, before = data.draw(st.sampled_from(in_use)), dict(self.held)
        new, changes = self.work.write(member_cards.report_lost, number, "lost", at=MORNING, replace=replace)
        owner, _ = self.held[number]
        self.held[number] = (owner, False)
        if replace:
            self.held[new] = (owner, True)
        self._did(changes, before)

    @rule()
    def undo(self) -> None:
        if self.steps:
            changes, before = self.steps.pop()
            try:
                back(self.work, changes)
            except ShopError:
                raise AssertionError("the last act can be taken back") from None
            self.held = before

    @invariant()
    def every_number_stands_as_it_should(self) -> None:
        for person in getattr(self, "people", []):
            cards = {card.number: card.good for card in self.work.read(member_cards.cards_of, person)}
            assert cards == {number: fine for number, (owner, fine) in self.held.items() if owner == person}


def test_any_story_of_cards(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("cards") / "cards.shop"
    found_shop(path, name="Tea", currency="CNY", timezone="Asia/Shanghai", clock=lambda: MORNING)
    shop = open_shop(path, clock=lambda: MORNING)
    Cards.make = staticmethod(lambda: shop.work)
    run_state_machine_as_test(Cards, settings=settings(max_examples=8, stateful_step_count=12, deadline=None))
    shop.close()
