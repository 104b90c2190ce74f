"""What the people of the sample shop are called: a Chinese tea house with a few guests from elsewhere."""

from random import Random
from typing import Any, NamedTuple

from app.services.sample import words

WESTERN = {"zh_CN": 0.085, "en": 0.3}
"""One guest in twelve of a shop that speaks Chinese has a Western name; of one that speaks English, one in three."""
IN_HAN = 0.15
"""Guests of a shop that speaks English whose names are kept in their own script."""
COMPOUND, BY_TITLE, FOR_A_FIRM = 0.04, 0.07, 0.04


class Name(NamedTuple):
    """`gender` is "" where the name does not say; `company` is the firm they buy for."""

    said: str
    gender: str
    company: str


class Names:
    """Draws from a stream of its own, so that a shop tells the same story in either language."""

    def __init__(self, rng: Random, language: str) -> None:
        self._rng, self._names = rng, words.names()
        self._language = "zh_CN" if language.startswith("zh") else "en"
        self._firms: list[str] = self._names["firms"][self._language]
        self._others: list[str] = self._names["others"][self._language]

    def draw(self, number: int) -> Name:
        """The name of the customer of this number."""
        rng = self._rng
        if number % 97 == 5:
            return Name(self._others[number // 97 % len(self._others)], "", "")
        if number % 61 == 7:
            return Name(self._firms[number // 61 % len(self._firms)], "", "")
        gender = rng.choice(("female", "female", "male"))
        company = rng.choice(self._firms) if rng.random() < FOR_A_FIRM else ""
        if rng.random() < WESTERN[self._language]:
            said = f"{self._one('latin_given', gender)} {rng.choice(self._names['latin_family'])}"
        elif self._language == "zh_CN" or rng.random() < IN_HAN:
            said = self._han(gender)
        else:
            said = self._in_english(gender)
        return Name(said, gender, company)

    def _han(self, gender: str) -> str:
        rng, names = self._rng, self._names
        surname = rng.choice(names["compound_surnames"] if rng.random() < COMPOUND else names["surnames"])
        return f"{surname}{self._one('titles' if rng.random() < BY_TITLE else 'given', gender)}"

    def _in_english(self, gender: str) -> str:
        """As Chinese guests call themselves among English speakers: a chosen name before the family's."""
        kind = "called" if self._rng.random() < BY_TITLE else "chosen"
        return f"{self._one(kind, gender)} {self._rng.choice(self._names['families'])}"

    def _one(self, kind: str, gender: str) -> Any:
        return self._rng.choice(self._names[f"{kind}_{gender}"])
