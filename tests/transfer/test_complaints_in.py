"""A log of complaints comes in: states and their history, whose each is, and the same file again adds nothing."""

from datetime import date
from pathlib import Path

import pytest

from app.services.transfer import inspect_file, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts

REAL = pytest.mark.real_data


@pytest.fixture
def sample(shared_data: Path) -> Path:
    return shared_data / "complaints" / "cfpb_2016-09_sample.csv"


@REAL
def test_a_public_complaint_log_maps_without_hand_work(sample: Path) -> None:
    plan = inspect_file(sample, "complaints")
    said = {field: plan.header(column) for field, column in plan.columns.items()}
    assert plan.missing == ()
    assert plan.date_order == "mdy"
    assert said["number"] == "Complaint ID"
    assert (said["moment"], said["answered_on"]) == ("Date received", "Date sent to company")
    assert (said["kind"], said["subject"], said["detail"]) == ("Product", "Issue", "Sub-issue")
    assert (said["state"], said["channel"]) == ("Company response to consumer", "Submitted via")


@REAL
def test_a_public_complaint_log_comes_in_whole_and_once(work: UnitOfWork, sample: Path) -> None:
    outcome = bring(work, sample, "complaints")
    assert counts(outcome) == (349, 0, 0, 0, 0)
    days = [date.fromisoformat(day) for (day,) in asked(work, "SELECT shop_day FROM complaints")]
    assert (min(days), max(days)) == (date(2016, 9, 12), date(2016, 9, 17))
    states = dict(asked(work, "SELECT state, count(*) FROM complaints GROUP BY state"))
    assert states == {"open": 69, "closed": 280}
    first = asked(work, "SELECT number, words, category, channel FROM complaints ORDER BY id LIMIT 1")
    said = "Credit reporting company's investigation · Investigation took too long"
    assert first == [(2105582, said, "Credit reporting", "Web")]
    again = bring(work, sample, "complaints")
    assert counts(again) == (0, 0, 349, 0, 0)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert (answer.removed, answer.kept) == (349, ())
    assert asked(work, "SELECT count(*) FROM complaints") == asked(work, "SELECT count(*) FROM complaint_events")
    assert counts(bring(work, sample, "complaints")) == (349, 0, 0, 0, 0)
