"""The colours can be told apart by everyone, and the scales hold together."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from app.views.shared.tokens import AVATAR_HUES, DARK, LIGHT, SERIES, TYPE, Palette, contrast, pairs_in_use


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
@pytest.mark.parametrize(("front", "ground", "least"), sorted(set(pairs_in_use())))
def test_every_pair_in_use_is_readable(palette: Palette, front: str, ground: str, least: float) -> None:
    assert contrast(getattr(palette, front), getattr(palette, ground)) >= least


def test_contrast_agrees_with_the_reference_ends() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the WCAG's own example of just too little


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_every_token_is_a_colour(palette: Palette) -> None:
    for token in fields(palette):
        if token.name != "name":
            assert re.fullmatch(r"#([0-9A-F]{2})?[0-9A-F]{6}", getattr(palette, token.name))


def test_words_use_two_weights_and_nothing_smaller_than_twelve() -> None:
    assert {face.weight for face in TYPE.values()} == {400, 600}
    assert min(face.size for face in TYPE.values()) == 12


def test_red_names_no_person_and_plum_carries_no_data() -> None:
    assert "red" not in AVATAR_HUES
    assert "plum" not in SERIES
