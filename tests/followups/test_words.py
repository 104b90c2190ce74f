"""What a person wrote is said with its figures heavier, the names of goods left alone."""

import pytest

from app.views.shared.followup_words import heavier


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Usually every 15 days, today is day 27", "Usually every **15** days, today is day **27**"),
        ("月底有 1,860 分到期", "月底有 **1,860** 分到期"),
        ("The last Longjing 50 g should be finished", "The last Longjing 50 g should be finished"),
        ("Bring 1.5 kg and 2 tins", "Bring 1.5 kg and **2** tins"),
        ("Call at 14:30.", "Call at **14:30**."),
        ("**5** stars", "**5** stars"),
    ],
)
def test_figures_are_facts_and_weights_are_names(written: str, said: str) -> None:
    assert heavier(written) == said
