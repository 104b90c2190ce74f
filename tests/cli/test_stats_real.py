"""A real shop's December through the command line: every published figure, as `stats` prints it."""

from pathlib import Path

import pytest

from tests.cli.running import Runner


@pytest.mark.real_data
def test_every_published_figure(run: Runner, shared_data: Path, tmp_path: Path) -> None:
    shop = tmp_path / "gifts.shop"
    run("new", "--name", "Gifts", "--currency", "GBP", "--timezone", "Europe/London", "--shop", shop)
    retail = shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv"
    brought = run("import", "sales", retail, "--shop", shop, "--today", "2011-01-01", "--json").facts
    assert brought["read"] == brought["created"] == 42_481
    assert (brought["anonymous_lines"], brought["return_lines"], brought["customers_created"]) == (15_631, 798, 948)
    facts = run("stats", "--shop", shop, "--as-of", "2011-01-01", "--json").facts
    expected = {
        "customers": 948,
        "buyers": 885,
        "sales": 1_400,
        "lines": 26_157,
        "revenue": "572713.89",
        "returns": "18109.87",
        "net": "554604.02",
        "average_sale": "409.08",
        "repeat_rate": 0.2395,
        "top20_share": 0.6320,
        "months": [{"month": "2010-12", "revenue": "572713.89", "sales": 1_400}],
        "complaints": {"open": 0, "waiting": 0, "resolved": 0, "closed": 0},
    }
    assert {name: facts[name] for name in expected} == expected
    best = [(one["external_id"], one["name"], one["revenue"]) for one in facts["top"][:2]]
    assert best == [("18102", "18102", "27834.61"), ("15061", "15061", "19950.66")]
    assert len(facts["top"]) == 10
    for group in ("tiers", "phases", "stages"):
        assert sum(facts[group].values()) == 948, group
    for group in ("abc", "rfm"):
        assert sum(facts[group].values()) == 885, group
