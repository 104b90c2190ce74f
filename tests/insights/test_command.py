"""`regulars stats`: the figures as text and as JSON, money as decimals, shares with four places."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main


@pytest.fixture
def stats(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))

    def ask(*more: str) -> dict[str, Any]:
        assert main(["stats", "--shop", str(sample_file), "--today", "2026-11-23", "--json", *more]) == 0
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        return said

    return ask


def test_money_is_decimal_and_adds_up(stats: Any) -> None:
    said = stats()
    revenue = Decimal(said["revenue"])
    assert revenue.as_tuple().exponent == -2
    assert Decimal(said["net"]) == revenue - Decimal(said["returns"])
    assert sum(Decimal(month["revenue"]) for month in said["months"]) == revenue
    assert abs(Decimal(said["average_sale"]) - revenue / said["sales"]) <= Decimal("0.005")
    assert len(said["top"]) == 10
    assert set(said["top"][0]) == {"id", "external_id", "name", "revenue"}


def test_groups_add_up_to_those_they_are_of(stats: Any) -> None:
    said = stats("--as-of", "2026-06-30")
    for name, of in (("abc", "buyers"), ("rfm", "buyers"), ("tiers", "customers"), ("phases", "customers")):
        assert sum(said[name].values()) == said[of], name
    assert sum(said["stages"].values()) == said["customers"]
    assert list(said["tiers"]) == ["potential", "ordinary", "vip"]
    assert said["repeat_rate"] == round(said["repeat_rate"], 4)


def test_days_narrow_the_sales(stats: Any) -> None:
    whole, march = stats(), stats("--from", "2026-03-01", "--to", "2026-03-31")
    assert [month["month"] for month in march["months"]] == ["2026-03"]
    assert march["months"][0] in whole["months"]
    assert march["sales"] == march["months"][0]["sales"]


def test_it_can_be_read(sample_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--shop", str(sample_file), "--today", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["customers", "400"]
    assert any(line.startswith("tiers") and "vip" in line for line in lines)
