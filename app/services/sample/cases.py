"""Complaints of the sample shop: in all four lanes, with the history that led there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from app.domain.complaints import CALL_BACK_DAYS, ComplaintState, Severity
from app.domain.remedies import RemedyKind
from app.models.complaints import Complaint, ComplaintEvent, ComplaintRemedy
from app.services.sample import words
from app.services.sample.bills import Account
from app.services.sample.calendar import Days
from app.services.sample.care import Desk
from app.services.sample.goods import Shelf
from app.services.sample.rows import Rows

OPEN, WAITING, RESOLVED, CLOSED = (ComplaintState(name) for name in ("open", "waiting", "resolved", "closed"))
MINOR, SERIOUS, SEVERE = Severity.MINOR, Severity.SERIOUS, Severity.SEVERE
RUNNING = (
    (OPEN, MINOR, 0),
    (OPEN, SERIOUS, 2),
    (OPEN, MINOR, 5),
    (WAITING, SERIOUS, 4),
    (WAITING, MINOR, 8),
    (RESOLVED, SEVERE, 3),
    (RESOLVED, MINOR, 6),
)
"""Cases that are not closed: state, severity, days since they were opened; for each 400 customers."""
MOST = 5
CLOSED_SHARE = 0.022
_SEVERITIES, _SEVERITY_WEIGHTS = (MINOR, SERIOUS, SEVERE), (64, 28, 8)


@dataclass(slots=True)
class Case:
    account: Account | None
    severity: Severity
    events: list[tuple[datetime, ComplaintState]]
    on_the_spot: bool = False

    @property
    def state(self) -> ComplaintState:
        return self.events[-1][1]


class Complaints:
    """Thinks cases up, and writes them in the order in which they were opened."""

    def __init__(self, rows: Rows, rng: Random, days: Days, language: str, desk: Desk, shelf: Shelf) -> None:
        self._rows, self._rng, self._days, self._desk = rows, rng, days, desk
        self._goods = {good.code: good.id for good in shelf.goods}
        self._said: dict[str, Any] = words.texts(language)

    def write(self, accounts: list[Account]) -> None:
        """Cases of people who bought; one is anonymous."""
        buyers = [account for account in accounts if len(account.person.visits) > 1]
        scale = max(1, min(MOST, round(len(accounts) / 400)))
        people = self._rng.sample(buyers, min(len(buyers), len(RUNNING) * scale + round(len(accounts) * CLOSED_SHARE)))
        cases = [self._running(people.pop(), *spec) for spec in RUNNING * scale if people]
        cases += [self._closed(account) for account in people]
        cases += [self._closed(None)]
        cases.sort(key=lambda case: case.events[0][0])
        for number, case in enumerate(cases, 1):
            self._write(number, case)

    def _running(self, account: Account, state: ComplaintState, severity: Severity, ago: int) -> Case:
        opened = self._days.moment(self._days.last - timedelta(days=ago), self._rng)
        events = [(opened, OPEN)]
        if state is not OPEN:
            events.append((opened + timedelta(hours=self._rng.uniform(1, 20)), state))
        return Case(account, severity, events)

    def _closed(self, account: Account | None) -> Case:
        rng, days = self._rng, self._days
        opened_on = self._day_of_a_visit(account)
        opened = days.moment(opened_on, rng)
        severity = rng.choices(_SEVERITIES, _SEVERITY_WEIGHTS)[0]
        at_once = rng.random() < 0.35
        resolved = opened + (timedelta(minutes=rng.randint(4, 25)) if at_once else timedelta(days=rng.uniform(0.2, 5)))
        events = [(opened, OPEN), (resolved, RESOLVED)]
        reopened = not at_once and rng.random() < 0.15
        if reopened:
            events += [(resolved + timedelta(days=2), OPEN), (resolved + timedelta(days=3), RESOLVED)]
        events.append((events[-1][0] + timedelta(days=CALL_BACK_DAYS, hours=rng.uniform(0, 3)), CLOSED))
        return Case(account, severity, events, on_the_spot=at_once)

    def _day_of_a_visit(self, account: Account | None) -> date:
        """A day long enough ago for everything to have been settled."""
        latest = self._days.last - timedelta(days=14)
        visits = [] if account is None else [day for day in account.person.visits if day <= latest]
        if visits:
            return self._rng.choice(visits)
        return max(self._days.first, latest - timedelta(days=self._rng.randint(0, 90)))

    def _write(self, number: int, case: Case) -> None:
        rng, days = self._rng, self._days
        told = rng.choice([told for told in self._said["complaints"] if told["severity"] == case.severity.value])
        opened = case.events[0][0]
        settled = case.state in (RESOLVED, CLOSED)
        staff_id = days.staff(rng)
        self._rows.add(
            Complaint,
            id=number,
            number=number,
            customer_id=case.account.person.id if case.account else None,
            opened_at=opened,
            shop_day=days.day_of(opened),
            staff_id=staff_id,
            category=told["category"],
            severity=case.severity,
            channel=rng.choice(("visit", "visit", "wechat", "call")),
            words=told["words"],
            wish=told["wish"] if rng.random() < 0.7 else "",
            remedy=told["remedy"] if settled else "",
            on_the_spot=case.on_the_spot,
            sale_id=case.account.sale_before(opened) if case.account and case.state is not CLOSED else None,
            product_id=self._goods.get(told["code"]),
            root_cause=told["cause"] if settled else "",
            state=case.state,
            satisfaction=rng.choices((3, 4, 5), (2, 5, 4))[0] if case.state is CLOSED else None,
        )
        self._write_events(number, case, staff_id)
        if settled:
            self._put_right(number, case, told, staff_id)
        if case.state is RESOLVED and case.account is not None:
            resolved_on = days.day_of(case.events[-1][0])
            self._desk.call_back(case.account, number, resolved_on + timedelta(days=CALL_BACK_DAYS))

    def _write_events(self, number: int, case: Case, staff_id: int) -> None:
        notes = self._said["states"]
        for place, (at, state) in enumerate(case.events):
            note = notes.get("reopened" if place and state is OPEN else state.value, "")
            self._rows.add(ComplaintEvent, complaint_id=number, at=at, state=state, staff_id=staff_id, note=note)

    def _put_right(self, number: int, case: Case, told: dict[str, Any], staff_id: int) -> None:
        """What was done, with what it cost; none of it moves points, coupons or money of anybody."""
        at, kind = next(at for at, state in case.events if state is RESOLVED), RemedyKind(told["kind"])
        self._rows.add(
            ComplaintRemedy,
            complaint_id=number,
            at=at,
            shop_day=self._days.day_of(at),
            staff_id=staff_id,
            kind=kind,
            cost=told["cost"],
            note=told["remedy"],
            product_id=self._goods.get(told["code"]) if kind is RemedyKind.REPLACEMENT else None,
            operation_id=f"sample-remedy-{number}",
        )
