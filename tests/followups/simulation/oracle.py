"""What the rules should bring, said in plain Python over plain rows: nothing of the program's services or rules.

Written from the sentences of the settings page and of semantics.md, one person and one rule after another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from lunar_python import Lunar, LunarMonth, Solar

from tests.followups.simulation.plain import Row, World, by, day, day_of

Brought = tuple[str, int, date, date, str, int]
"""By which rule, for whom, the day, the last good one, what tells the occasion, who does it."""
ONE = timedelta(days=1)
KINDS = {
    "thanks": "thanks", "reorder": "reorder", "call_back": "complaint_callback", "hesitating": "quote",
    "birthday": "birthday", "points": "points_expiring", "silence": "silence",
}  # fmt: skip


@dataclass
class Said:
    """What should be new on a day, and where open next contacts should stand now (by their number)."""

    new: set[Brought] = field(default_factory=set)
    moved: dict[int, tuple[date, date, str]] = field(default_factory=dict)


class Oracle:
    """Remembers what came, and when each rule was last looked at."""

    def __init__(self) -> None:
        self.came: set[tuple[str, int, str]] = set()
        self.last: dict[str, date] = {}
        self.contacts: set[tuple[int, str]] = set()
        """The occasions of next contacts that stood in the table after the last opening."""

    def open_day(self, today: date, world: World) -> Said:
        """What should come when the shop is opened on a day."""
        now = _Now(world)
        removed = self.contacts - now.called()
        self.came |= {("cadence", who, key) for who, key in removed}
        on = [rule for rule in world["rules"] if rule["on_since"]]
        spans = {rule["code"]: span for rule in on if (span := self._span(rule, today))}
        said, loads = Said(), defaultdict[date, Counter[tuple[int, date]]](Counter)
        for rule in on:
            if rule["kind"] != "cadence" and rule["code"] in spans:
                new_from, look_from = spans[rule["code"]]
                for who, due, latest, key, case in now.due(rule, look_from, today):
                    if self._is_new(now, rule, who, due, latest, key, case):
                        staff = now.doer(rule, who)
                        said.new.add((rule["code"], who, due, latest, key, staff))
                        loads[max(due, new_from)][staff, due] += 1
        cadences = [rule for rule in on if rule["kind"] == "cadence"]
        starts = [spans[rule["code"]][0] for rule in cadences if rule["code"] in spans]
        if starts:
            ordered = sorted(cadences, key=lambda rule: (rule["position"], rule["id"]))
            self._cadence(now, ordered, min(starts), today, loads, said)
        self.came |= {(rule, who, key) for rule, who, *_, key, _ in said.new if not rule.startswith("cadence")}
        booked = {(who, key) for rule, who, *_, key, _ in said.new if rule.startswith("cadence")}
        self.contacts = now.called(said.moved) | booked
        self.last |= {rule["code"]: today for rule in on if day(rule["on_since"]) <= today}
        return said

    def _span(self, rule: Row, today: date) -> tuple[date, date] | None:
        """From which day on it has not been looked at, and how far back it looks: a week for what is heard late."""
        since = day(rule["on_since"])
        new = max(self.last.get(rule["code"], date.min) + ONE, today - timedelta(31), since)
        return (new, max(new - timedelta(7), today - timedelta(31), since - timedelta(3))) if new <= today else None

    def _is_new(self, now: "_Now", rule: Row, who: int, due: date, latest: date, key: str, case: int | None) -> bool:
        if any((rule["code"], card, key) in self.came for card in now.cards(who)):
            return False
        kind = KINDS.get(rule["kind"], rule["channel"])
        return not any(
            one["rule"] is None
            and one["kind"] == kind
            and one["customer_id"] in now.cards(who)
            and due - timedelta(7) <= day(one["due_on"]) <= latest + timedelta(7)
            and (case is None or one["complaint_id"] == case)
            for one in now.world["followups"]
        )

    def _cadence(self, now: "_Now", rules: list[Row], first: date, today: date, loads: Any, said: Said) -> None:
        load = Counter((one["staff_id"], day(one["due_on"])) for one in now.world["followups"])
        standing, called = now.open_contacts(), now.called()
        day_now = first
        while day_now <= today:
            for at in [at for at in loads if at == day_now or (day_now == first and at < first)]:
                load += loads[at]
            for who in now.by_worth():
                one, due = standing.get(who), now.next_contact(rules, who, day_now)
                if one is None or due is None or one["due_on"] != one["planned_on"]:
                    continue
                rule, ideal, latest, key = due
                other = one["key"] != (who, key)
                if (other and (who, key) not in called) or (not other and one["rule"] != rule["code"]):
                    load[one["staff_id"], day(one["due_on"])] -= 1
                    on = now.room(load, one["staff_id"], ideal, latest, day_now) or max(latest, day_now)
                    load[one["staff_id"], on] += 1
                    standing[who] = one | {
                        "due_on": f"{on}",
                        "planned_on": f"{on}",
                        "rule": rule["code"],
                        "key": (who, key),
                    }
                    if one["id"]:
                        said.moved[one["id"]] = (on, latest, key)
            for who in now.by_worth():
                due = now.next_contact(rules, who, day_now)
                if who in standing or who in now.booked() or due is None or due[1] > day_now + timedelta(7):
                    continue
                rule, ideal, latest, key = due
                staff = now.doer(rule, who)
                free = now.room(load, staff, ideal, latest, day_now)
                if ("cadence", who, key) not in self.came and (who, key) not in called and free is not None:
                    load[staff, free] += 1
                    standing[who] = {"id": 0, "staff_id": staff} | _standing(free, rule, who, key)
                    said.new.add((rule["code"], who, free, latest, key, staff))
            day_now += ONE


class _Now:
    """The shop as it stands, asked about one person at a time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.person = {row["id"]: row for row in world["customers"]}
        self.cap = int(world.settings.get("followup_daily_cap", 12))
        self._sales = defaultdict[int, list[Row]](list)
        for row in world["sales"]:
            if row["customer_id"]:
                self._sales[self.owner(row["customer_id"])].append(row)
        self._cards = defaultdict[int, set[int]](set)
        for card in self.person:
            self._cards[self.owner(card)].add(card)
        self._bought: dict[int, list[date]] = {}
        self._since: dict[int, date] = {}
        self._booked: set[int] | None = None
        self._worth: list[int] | None = None

    def owner(self, card: int) -> int:
        while self.person[card]["merged_into"]:
            card = self.person[card]["merged_into"]
        return card

    def cards(self, who: int) -> set[int]:
        return self._cards[who]

    def may(self, who: int) -> bool:
        row = self.person[who]
        return not (row["archived_at"] or row["erased_at"] or row["merged_into"] or row["do_not_contact"])

    def bought(self, who: int) -> list[date]:
        if who not in self._bought:
            self._bought[who] = sorted({day(row["shop_day"]) for row in self._sales[who] if row["revenue"] > 0})
        return self._bought[who]

    def by_worth(self) -> list[int]:
        if self._worth is None:
            net = {who: sum(s["revenue"] - s["returned"] for s in self._sales[who]) for who in self.person}
            self._worth = sorted((who for who in self.person if self.may(who)), key=lambda who: (-net[who], who))
        return self._worth

    def doer(self, rule: Row, who: int) -> int:
        active = [row["id"] for row in self.world["staff"] if row["active"]]
        owner: int = next(row["id"] for row in self.world["staff"] if row["active"] and row["role"] == "owner")
        if rule["assignee"] != "seller":
            return owner
        sold = [(row["at"], row["staff_id"]) for row in self._sales[who] if row["revenue"] > 0]
        return max(sold)[1] if sold and max(sold)[1] in active else owner

    # rules

    def due(self, rule: Row, first: date, last: date) -> Iterator[tuple[int, date, date, str, int | None]]:
        """What falls due by a rule from `first` to `last`, for people it means."""
        for who, due, latest, key, case in getattr(self, rule["kind"])(rule):
            if first <= due <= last and self.may(who) and self.meant(rule, who, due):
                yield who, due, latest or due + timedelta(rule["good_for"]), key, case

    def thanks(self, rule: Row) -> Iterator[Any]:
        for who in self.person:
            for on in self.bought(who):
                paid = sum(r["revenue"] for r in self._sales[who] if r["shop_day"] == f"{on}" and r["revenue"] > 0)
                if paid >= rule["least"]:
                    yield who, on + timedelta(rule["days"]), None, f"{on}", None

    def welcome(self, rule: Row) -> Iterator[Any]:
        for who, row in self.person.items():
            if not row["batch_id"]:
                yield who, day_of(row["created_at"]) + timedelta(rule["days"]), None, "card", None

    def reorder(self, rule: Row) -> Iterator[Any]:
        for who in self.person:
            days = self.bought(who)
            usual = self.usual(who)
            if usual is not None and round(usual) >= 7 and len(days) >= rule["least"]:
                yield who, days[-1] + timedelta(round(usual) + rule["days"]), None, f"{days[-1]}", None

    def silence(self, rule: Row) -> Iterator[Any]:
        gaps = [gap for who in self.person for gap in self.gaps(who)]
        shop = median(gaps) if len(gaps) >= 20 else None
        for who in self.person:
            days, usual = self.bought(who), self.usual(who)
            usual = shop if usual is None else usual
            longest = 90 if usual is None else max(14, 2 * usual)
            if days and len(days) >= rule["least"]:
                yield who, days[-1] + timedelta(int(longest) + 1 + rule["days"]), None, f"{days[-1]}", None

    def hesitating(self, rule: Row) -> Iterator[Any]:
        for row in self.world["contacts"]:
            who, on = self.owner(row["customer_id"]), day(row["shop_day"])
            if (
                row["reached"]
                and (row["demonstrated"] or row["quoted"] or row["objection"])
                and not any(d >= on for d in self.bought(who))
            ):
                yield who, on + timedelta(rule["days"]), None, f"{on}", None

    def call_back(self, rule: Row) -> Iterator[Any]:
        return self.cases("resolved", int(self.world.settings.get("complaint_callback_days", 3)))

    def after_case(self, rule: Row) -> Iterator[Any]:
        return self.cases("closed", rule["days"])

    def cases(self, state: str, days: int) -> Iterator[Any]:
        gone = {row["takes_back_id"] for row in self.world["events"] if row["takes_back_id"]}
        told = [row for row in self.world["events"] if not row["takes_back_id"] and row["id"] not in gone]
        events = by(told, "complaint_id")
        for case in self.world["cases"]:
            last = events[case["id"]][-1]
            if last["state"] == state:
                on = day_of(last["at"])
                yield self.owner(case["customer_id"]), on + timedelta(days), None, f"{case['id']}@{on}", case["id"]

    def birthday(self, rule: Row) -> Iterator[Any]:
        for who, row in self.person.items():
            if row["birth_month"]:
                for year in range(2026, 2029):
                    kept = _lunar(row, year) if row["birth_lunar"] else _solar(row, year)
                    made = day_of(row["created_at"])
                    if made <= kept:
                        yield who, max(kept - timedelta(rule["days"]), made), kept, f"{year}", None

    def points(self, rule: Row) -> Iterator[Any]:
        lots = [row for row in self.world["points"] if row["opens_lot"] and row["expires_on"]]
        drawn = by([row for row in self.world["points"] if row["lot_id"]], "lot_id")
        left: Counter[tuple[int, str]] = Counter()
        for lot in lots:
            due = day(lot["expires_on"]) - timedelta(rule["days"])
            if day(lot["shop_day"]) <= due:
                taken = sum(row["points"] for row in drawn[lot["id"]] if day(row["shop_day"]) <= due)
                left[self.owner(lot["customer_id"]), lot["expires_on"]] += lot["points"] + taken
        for (who, end), points in left.items():
            if points >= max(1, rule["least"]):
                yield who, day(end) - timedelta(rule["days"]), day(end), end, None

    def meant(self, rule: Row, who: int, on: date) -> bool:
        if rule["scope"] == "tag":
            return any(row["customer_id"] == who and row["name"] == rule["match"] for row in self.world["tags"])
        if rule["scope"] == "tier":
            rank = next(row["rank"] for row in self.world["tiers"] if row["code"] == rule["match"])
            moves = [r for r in self.world["moves"] if r["customer_id"] == who and day(r["on"]) <= on]
            return bool(rank == (max(moves, key=lambda r: (r["on"], r["id"]))["to_rank"] if moves else 0))
        return True

    def gaps(self, who: int) -> list[int]:
        days = self.bought(who)
        return [(later - earlier).days for earlier, later in pairwise(days)]

    def usual(self, who: int) -> float | None:
        gaps = self.gaps(who)
        return median(gaps) if len(gaps) >= 2 else None

    # the next contact

    def next_contact(self, rules: list[Row], who: int, on: date) -> tuple[Row, date, date, str] | None:
        for rule in rules:
            if day(rule["on_since"]) <= on and self.meant(rule, who, on):
                usual = self.usual(who) if rule["own_rhythm"] else None
                since = self.since(who)
                ideal = since + timedelta(max(1, rule["days"] if usual is None else round(usual)))
                return rule, ideal, ideal + timedelta(rule["good_for"]), f"{since}"
        return None

    def since(self, who: int) -> date:
        if who not in self._since:
            cards = self.cards(who)
            met = [day(r["shop_day"]) for r in self.world["contacts"] if r["customer_id"] in cards and r["reached"]]
            done = [
                day_of(r["done_at"]) for r in self.world["followups"] if self._is_contact(r, cards) and r["done_at"]
            ]
            touched = [*met, *self.bought(who)] or [day_of(self.person[who]["created_at"])]
            self._since[who] = max([*touched, *done])
        return self._since[who]

    def open_contacts(self) -> dict[int, Row]:
        found: dict[int, Row] = {}
        for row in self.world["followups"]:
            if (row["rule"] or "").startswith("cadence") and not row["done_at"]:
                found.setdefault(self.owner(row["customer_id"]), row | {"key": _occasion(row)})
        return found

    def called(self, moved: dict[int, tuple[date, date, str]] | None = None) -> set[tuple[int, str]]:
        """The occasions of next contacts that are in the table, done or not; `moved` says which are called anew."""
        rows = [row for row in self.world["followups"] if self._is_a_contact(row)]
        keys = {row["id"]: _occasion(row) for row in rows}
        owners = {row["id"]: self.owner(row["customer_id"]) for row in rows}
        keys |= {one: (owners[one], key) for one, (_, _, key) in (moved or {}).items()}
        return set(keys.values())

    def booked(self) -> set[int]:
        rows = self.world["followups"]
        return {
            self.owner(r["customer_id"]) for r in rows if r["rule"] is None and not r["done_at"] and r["customer_id"]
        }

    def room(self, load: Counter[tuple[int, date]], staff: int, ideal: date, latest: date, on: date) -> date | None:
        at, last = max(ideal, on), latest if latest >= on else on + timedelta(7)
        while at <= last:
            if load[staff, at] < self.cap:
                return at
            at += ONE
        return None

    def _is_contact(self, row: Row, cards: set[int]) -> bool:
        return self._is_a_contact(row) and row["customer_id"] in cards

    def _is_a_contact(self, row: Row) -> bool:
        return str(row["rule"]).startswith("cadence")


def _standing(on: date, rule: Row, who: int, key: str) -> Row:
    """How a next contact stands that was planned just now."""
    return {"due_on": f"{on}", "planned_on": f"{on}", "rule": rule["code"], "key": (who, key)}


def _occasion(row: Row) -> tuple[int, str]:
    """Under whose number a next contact stands in the table, and for which day it was counted from."""
    who, key = row["identity"].split(":")[2:]
    return int(who), key


def _solar(row: Row, year: int) -> date:
    if (row["birth_month"], row["birth_day"]) == (2, 29):
        return date(year, 3, 1) - ONE
    return date(year, row["birth_month"], row["birth_day"])


def _lunar(row: Row, year: int) -> date:
    return _by_the_moon(row["birth_month"], row["birth_day"], bool(row["birth_leap"]), year)


@cache
def _by_the_moon(born: int, on: int, in_leap: bool, year: int) -> date:
    month = -born if in_leap and LunarMonth.fromYm(year, -born) else born
    last = LunarMonth.fromYm(year, month).getDayCount()
    solar: Solar = Lunar.fromYmd(year, month, min(on, last)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
