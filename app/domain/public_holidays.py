"""The public holidays of a country in a year, as stretches of days a shop may be closed on.

The library `holidays` knows them. Days off that a government announces later, and days it moves, are in it once it has
them: what is proposed is to be looked through.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.domain.holidays import LONGEST_NAME, Holiday

COUNTRIES = (
    *("CN", "HK", "MO", "TW", "SG", "MY", "JP", "KR", "TH", "VN"),
    *("AU", "NZ", "US", "CA", "GB", "IE", "DE", "FR", "IT", "ES"),
)
"""The countries a shop may ask for, by ISO 3166: those whose phones it may be set to."""
BRIDGED = ("CN",)
"""Where a weekend between two days off is a part of the holiday."""
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*")


def public_holidays(country: str, year: int, language: str) -> list[Holiday]:
    """The holidays that begin or end in a year, in their order; none for a country that is not in COUNTRIES.

    Names are in `language` (zh_CN, en) where the country has it, else in its own. Imports the rules of that country
    when called, which takes a good part of a second.
    """
    if country not in COUNTRIES:
        return []
    from holidays import country_holidays

    known: Any = country_holidays(country)
    wanted = next((code for code in known.supported_languages if code.startswith(language[:2])), None)
    found: Any = country_holidays(country, years=year, language=wanted)
    return stretches(sorted(found.items()), frozenset(known.weekend) if country in BRIDGED else frozenset())


def stretches(days: Sequence[tuple[date, str]], weekend: frozenset[int] = frozenset()) -> list[Holiday]:
    """Days that follow each other, or have nothing but such weekdays (0: Monday) between them, as one stretch."""
    found: list[list[tuple[date, str]]] = []
    for day, name in days:
        if found and _follows(found[-1][-1][0], day, weekend):
            found[-1].append((day, name))
        else:
            found.append([(day, name)])
    return [Holiday(some[0][0], some[-1][0], _called([name for _, name in some])) for some in found]


def _follows(before: date, day: date, weekend: frozenset[int]) -> bool:
    between = (before + timedelta(days=n) for n in range(1, (day - before).days))
    return all(one.weekday() in weekend for one in between)


def _called(names: Sequence[str]) -> str:
    """The name most of the days have, else all of them; what is said in brackets is left out."""
    bare = Counter(_ASIDE.sub("", part) or part for name in names for part in name.split("; "))
    most = bare.most_common()
    words = most[0][0] if len(most) == 1 or most[0][1] > most[1][1] else " · ".join(name for name, _ in most)
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"
