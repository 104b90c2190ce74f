"""The shop's own fields: made, moved, put away; their values checked by kind and found by search."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.custom_fields import FieldKind, canonical
from app.services import customers, search
from app.services.customers import CustomerDraft as Draft
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def labels(work: UnitOfWork, *, archived: bool = False) -> list[str]:
    return [row.label for row in work.read(customers.custom_fields, archived=archived)]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FieldKind.TEXT, " 紫砂\n壶 ", "紫砂 壶"),
        (FieldKind.NUMBER, "012.500", "12.5"),
        (FieldKind.NUMBER, "100", "100"),
        (FieldKind.NUMBER, "-0.0", "0"),
        (FieldKind.NUMBER, "＋３", "3"),
        (FieldKind.DATE, "２０２６-02-28", "2026-02-28"),
        (FieldKind.CHOICE, " RED ", "Red"),
        (FieldKind.YES_NO, "No", "no"),
        (FieldKind.DATE, "  ", ""),
    ],
)
def test_a_value_has_one_form(kind: FieldKind, typed: str, kept: str) -> None:
    assert canonical(kind, typed, ("Red", "白")) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "1,234"),
        (FieldKind.NUMBER, "1e5"),
        (FieldKind.NUMBER, "NaN"),
        (FieldKind.NUMBER, "٣"),
        (FieldKind.NUMBER, "1" * 16),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.DATE, "20260228"),
        (FieldKind.DATE, "28/02/2026"),
        (FieldKind.CHOICE, "green"),
        (FieldKind.YES_NO, "maybe"),
    ],
)
def test_what_is_not_of_the_kind_is_refused(kind: FieldKind, typed: str) -> None:
    with pytest.raises(ValueError):
        canonical(kind, typed, ("Red", "白"))


@given(st.sampled_from(FieldKind), st.text(max_size=20))
def test_the_form_of_a_form_is_itself(kind: FieldKind, typed: str) -> None:
    try:
        kept = canonical(kind, typed, ("Red", "白"))
    except ValueError:
        return
    assert canonical(kind, kept, ("Red", "白")) == kept


def test_fields_stand_in_the_order_they_are_given(work: UnitOfWork) -> None:
    ids = [work.write(customers.add_field, label, FieldKind.TEXT)[0] for label in ("A", "B", "C")]
    _, moved = work.write(customers.move_field, ids[2], 0)
    assert labels(work) == ["C", "A", "B"]
    work.write(put_back, moved.rows)
    assert labels(work) == ["A", "B", "C"]
    work.write(customers.move_field, ids[0], 99)
    assert labels(work) == ["B", "C", "A"]
    work.write(customers.archive_field, ids[1], at=NOW)
    assert (labels(work), labels(work, archived=True)) == (["C", "A"], ["C", "A", "B"])


@pytest.mark.parametrize(
    ("label", "kind", "choices", "refusal"),
    [
        (" ", FieldKind.TEXT, (), customers.FieldNeedsAName),
        ("ｊｏｂ", FieldKind.TEXT, (), customers.FieldNameTaken),
        ("Size", FieldKind.CHOICE, (" ",), customers.FieldNeedsChoices),
    ],
)
def test_a_field_without_sense_is_refused(
    work: UnitOfWork, label: str, kind: FieldKind, choices: tuple[str, ...], refusal: type[Exception]
) -> None:
    first, _ = work.write(customers.add_field, "Job", FieldKind.TEXT)
    work.write(customers.archive_field, first, at=NOW)
    with pytest.raises(refusal):
        work.write(customers.add_field, label, kind, choices)
    assert labels(work, archived=True) == ["Job"]


def test_a_field_put_away_keeps_what_was_written_in_it(work: UnitOfWork) -> None:
    job, _ = work.write(customers.add_field, "Job", FieldKind.TEXT)
    someone, _ = work.write(customers.add, Draft(name="Ann", custom={job: "potter"}), at=NOW)
    work.write(customers.archive_field, job, at=NOW)
    card = work.read(customers.card, someone, TODAY)
    assert card.draft.custom == {}
    work.write(customers.edit, someone, Draft(name="Anna"), version=card.version)
    work.write(customers.unarchive_field, job)
    assert work.read(customers.card, someone, TODAY).draft == Draft(name="Anna", custom={job: "potter"})
    assert [row.used for row in work.read(customers.custom_fields)] == [1]


def test_a_choice_no_longer_offered_may_stand_but_not_be_chosen(work: UnitOfWork) -> None:
    size, _ = work.write(customers.add_field, "Size", FieldKind.CHOICE, ("S", "M"))
    someone, _ = work.write(customers.add, Draft(name="Ann", custom={size: "s"}), at=NOW)
    work.write(customers.edit_field, size, "Size", ("M", "L"))
    card = work.read(customers.card, someone, TODAY)
    version, _ = work.write(customers.set_field, someone, "needs", "tea", version=card.version)
    assert work.read(customers.card, someone, TODAY).draft.custom == {size: "S"}
    version, _ = work.write(customers.set_field, someone, f"custom.{size}", "L", version=version)
    with pytest.raises(customers.CustomValueRefused) as refused:
        work.write(customers.set_field, someone, f"custom.{size}", "S", version=version)
    assert refused.value.numbers == {"field": size, "kind": "choice"}


def test_values_are_found_by_search_until_their_field_is_put_away(work: UnitOfWork) -> None:
    kinds = {"Job": FieldKind.TEXT, "Cups": FieldKind.NUMBER, "Since": FieldKind.DATE, "Group": FieldKind.YES_NO}
    keys = {label: work.write(customers.add_field, label, kind)[0] for label, kind in kinds.items()}
    said = dict(zip(keys.values(), ("陶艺师", "12.75", "2019-08-31", "yes"), strict=True))
    someone, _ = work.write(customers.add, Draft(name="安娜", custom=said), at=NOW)
    found = {
        typed: [hit.id for hit in work.read(search.find, typed)]
        for typed in ("陶艺", "taoyi", "12.75", "2019-08-31", "yes")
    }
    assert found == {"陶艺": [someone], "taoyi": [someone], "12.75": [someone], "2019-08-31": [someone], "yes": []}
    _, away = work.write(customers.archive_field, keys["Job"], at=NOW)
    assert work.read(search.find, "陶艺") == []
    work.write(put_back, away.rows)
    assert [hit.id for hit in work.read(search.find, "陶艺")] == [someone]


def test_how_many_cards_say_a_value_and_a_source(work: UnitOfWork) -> None:
    job, _ = work.write(customers.add_field, "Job", FieldKind.TEXT)
    work.write(customers.add, Draft(name="Ann", source="fair", custom={job: "potter"}), at=NOW)
    work.write(customers.add, Draft(name="Ben", source="fair", custom={job: "baker"}), at=NOW)
    gone, _ = work.write(customers.add, Draft(name="Cem", custom={job: "potter"}), at=NOW)
    work.write(customers.archive, gone, at=NOW)
    assert work.read(customers.values_of, job) == [("potter", 2), ("baker", 1)]
    assert work.read(customers.sources) == [("fair", 2)]
