"""With any safeguard of the rules switched off the simulation finds it: so that it passes means something."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain import followup_rules
from app.services.followups.automatic import cadence, occasions, running
from app.services.followups.automatic.known import Known
from tests.followups.test_simulation import PART, beside_oracle, small_sample

__all__ = ["small_sample"]

Off = Callable[[pytest.MonkeyPatch], None]
MORE = 30
"""Days after the reopening: by then each of them shows."""


def nothing_is_known_to_have_come(patch: pytest.MonkeyPatch) -> None:
    """The identities of what came before are not looked up."""
    patch.setattr(running, "been", lambda *_: set())


def what_was_removed_comes_again(patch: pytest.MonkeyPatch) -> None:
    """The list of what people took away is not looked at."""
    only_there = "SELECT value FROM json_each(:ids) WHERE EXISTS (SELECT 1 FROM followups WHERE identity = value)"
    patch.setattr(running, "_KNOWN", text(only_there))


def what_people_booked_is_booked_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(running, "_booked", lambda *_: False)


def nothing_is_heard_late(patch: pytest.MonkeyPatch) -> None:
    """A bill that is entered some days afterwards is not thanked for."""
    patch.setattr(running, "KNOWN_LATE", timedelta(0))


def the_whole_past_is_taken_up(patch: pytest.MonkeyPatch) -> None:
    """A rule that is switched on begins a month ago."""
    patch.setattr(running, "SWITCHED_ON", followup_rules.CATCH_UP)


def people_are_asked_who_do_not_want_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Known, "contactable", lambda self, ids: {who for who in ids if who not in self.owners})


def merged_cards_are_strangers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Known, "cards", lambda self, owner: [owner])


def a_day_has_no_end(patch: pytest.MonkeyPatch) -> None:
    """The cap counts nothing."""
    patch.setattr(cadence, "Plan", lambda taken, _cap: followup_rules.Plan(taken, 10**6))


def what_a_person_moved_is_moved_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cadence._Open, "is_as_planned", property(lambda self: True))


def a_contact_starts_nothing_anew(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cadence.Cadence, "moves", lambda self, day: iter(()))


def silence_begins_a_day_late(patch: pytest.MonkeyPatch) -> None:
    kept = occasions._by_habit

    def late(known: Any, rule: Any, on: Any, *span: Any) -> Any:
        return kept(known, rule, on + 1 if rule.kind is followup_rules.RuleKind.SILENCE else on, *span)

    patch.setattr(occasions, "_by_habit", late)


OFF: tuple[Off, ...] = (
    nothing_is_known_to_have_come,
    what_was_removed_comes_again,
    what_people_booked_is_booked_again,
    nothing_is_heard_late,
    the_whole_past_is_taken_up,
    people_are_asked_who_do_not_want_it,
    a_day_has_no_end,
    what_a_person_moved_is_moved_on,
    a_contact_starts_nothing_anew,
    silence_begins_a_day_late,
)


@pytest.mark.parametrize("off", OFF, ids=lambda off: off.__name__)
def test_the_year_ends_at_a_safeguard_that_is_off(
    off: Off, small_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        beside_oracle(Path(shutil.copy(small_sample, tmp_path / "off.shop")), PART + MORE)
