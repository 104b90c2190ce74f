"""What the shop's own rules for birthdays, ending points and silence would bring, and have not brought yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.followup_rules import CATCH_UP, SWITCHED_ON, RuleKind
from app.domain.followups import FollowUpKind, week_end
from app.models.customers import CustomerFigures
from app.models.followup_rules import RuleRun
from app.services.followups.automatic.known import Known
from app.services.followups.automatic.occasions import occasions
from app.services.followups.automatic.running import Falling, without_booked, without_known
from app.services.followups.automatic.stored import RuleRow, rules
from app.services.followups.facts import Facts, birthday_facts, usual_days
from app.services.followups.unbooked import Matter, Matters

SHOWN = (RuleKind.BIRTHDAY, RuleKind.POINTS, RuleKind.SILENCE)
MOST_OF_A_KIND = 200
"""Of those with the highest tier and purchases: more could not be done, and a list is not a table of everybody."""


def matters(session: Session, day: date) -> Matters:
    """Birthdays, points about to end and silences by the shop's own rules, up to the end of the week.

    What the rules have brought is not among them. Reads every sale and the ledger of points: ask for it later.
    """
    known, taken_back = Known(session), _taken_back(session, day)
    rows: list[Matter] = []
    aside: list[tuple[FollowUpKind, tuple[int, ...]]] = []
    for rule in rules(session):
        if rule.kind not in SHOWN:
            continue
        falling = _falling(session, known, rule, day)
        if rule.on_since is None:
            who = _most_valued(session, [one.occasion.customer_id for one in falling if one.occasion.on <= day])
            aside.append((rule.draft.brings, tuple(who)))
        else:
            rows += _of_rule(session, [one for one in falling if one.occasion.on > day or not taken_back], day)
    return Matters(tuple(rows), tuple((kind, who) for kind, who in aside if who))


def _falling(session: Session, known: Known, rule: RuleRow, day: date) -> list[Falling]:
    """What a rule would bring that is still good and was neither brought, booked nor taken away."""
    first = day - min(CATCH_UP, rule.draft.lasts)
    if rule.on_since is not None:
        first = max(first, rule.on_since - SWITCHED_ON)
    found = occasions(known, rule.draft, first, week_end(day))
    fresh = without_known(session, [Falling(one.on, rule, one) for one in found if one.latest >= day])
    return without_booked(session, known, rule, fresh)


def _taken_back(session: Session, day: date) -> bool:
    """Whether what the rules brought today was taken back: then it is not offered again."""
    query = select(RuleRun.id).where(RuleRun.day == day, RuleRun.taken_back_at.is_not(None)).limit(1)
    return session.scalar(query) is not None


def _of_rule(session: Session, falling: Sequence[Falling], day: date) -> list[Matter]:
    """The most valued of what one rule would bring."""
    by_person = defaultdict(list)
    for one in falling:
        by_person[one.occasion.customer_id].append(one)
    chosen = [one for who in _most_valued(session, by_person) for one in by_person[who]][:MOST_OF_A_KIND]
    if not chosen:
        return []
    known = _FACTS[chosen[0].row.kind](session, chosen, day)
    return [
        Matter(
            one.identity,
            one.row.draft.brings,
            one.row.draft.purpose,
            max(one.occasion.on, day),
            one.occasion.customer_id,
            facts,
            latest_on=one.occasion.latest,
            rule=one.row.code,
        )
        for one, facts in zip(chosen, known, strict=True)
    ]


def _most_valued(session: Session, ids: Iterable[int]) -> list[int]:
    query = (
        select(CustomerFigures.customer_id)
        .where(CustomerFigures.customer_id.in_(set(ids)))
        .order_by(CustomerFigures.tier_rank.desc(), CustomerFigures.net.desc(), CustomerFigures.customer_id)
    )
    return list(session.scalars(query))


def _birthday(session: Session, chosen: Sequence[Falling], day: date) -> list[Facts]:
    known = birthday_facts(session, {one.occasion.customer_id: (one.occasion.customer_id, day) for one in chosen})
    return [Facts(birthday_on=on, turns=turns) for on, turns in (known[one.occasion.customer_id] for one in chosen)]


def _points(session: Session, chosen: Sequence[Falling], day: date) -> list[Facts]:
    from app.services.loyalty import expiring  # here: a start should not wait for all that points are made of

    ending = {one.customer_id: one.points for one in expiring(session, day, max(one.occasion.latest for one in chosen))}
    found = ((ending.get(one.occasion.customer_id, 0), one.occasion.latest) for one in chosen)
    return [Facts(points=points, points_by=by) for points, by in found]


def _silence(session: Session, chosen: Sequence[Falling], _day: date) -> list[Facts]:
    usual = usual_days(session, [one.occasion.customer_id for one in chosen])
    return [Facts(date.fromisoformat(one.occasion.key), usual.get(one.occasion.customer_id)) for one in chosen]


_FACTS: dict[RuleKind, Callable[[Session, Sequence[Falling], date], list[Facts]]] = {
    RuleKind.BIRTHDAY: _birthday,
    RuleKind.POINTS: _points,
    RuleKind.SILENCE: _silence,
}
