"""Into which groups customers fall on a day: ABC, RFM, phases and stages, by the rules of `app.domain.segments`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.months import months_before
from app.domain.segments.lifecycle import Phase, PhaseEvidence, phase
from app.domain.segments.pareto import AbcClass, abc
from app.domain.segments.rfm import DEFAULT_GROUPS, OTHERS, WINDOW_MONTHS, Behaviour, group_all, rfm
from app.domain.segments.silence import gaps, shop_median, silent
from app.domain.segments.stages import Stage, StageEvidence, is_stable, stable_month_ends, stage
from app.services.insights.cases import CaseStanding
from app.services.insights.histories import Histories, History


def abc_classes(nets: Mapping[int, int]) -> dict[int, AbcClass]:
    """The class of each customer by net minor units."""
    return dict(zip(nets, abc(list(nets.values())), strict=True))


def rfm_groups(buyers: Mapping[int, History], as_of: date) -> dict[int, str]:
    """The named group of each buyer: who has bought on some day up to `as_of`."""
    first = months_before(as_of, WINDOW_MONTHS)
    behaviour = [
        Behaviour((as_of - h.up_to(as_of)[-1]).days, h.purchase_days(first, as_of), h.net(first, as_of))
        for h in buyers.values()
    ]
    return dict(zip(buyers, group_all(rfm(behaviour)), strict=True))


def silent_customers(histories: Histories, as_of: date) -> set[int]:
    """Who has stayed away for longer than they usually do."""
    known = {owner: days for owner, h in histories.items() if (days := h.up_to(as_of))}
    between = {owner: gaps(days) for owner, days in known.items()}
    usual = shop_median(between.values())
    return {owner for owner, days in known.items() if silent((as_of - days[-1]).days, between[owner], usual)}


def phases(
    customers: Iterable[int], histories: Histories, quiet: set[int], cases: Iterable[CaseStanding], as_of: date
) -> dict[int, Phase]:
    """The phase of each customer."""
    severe = {case.customer_id for case in cases if case.brings_recovery}
    return {
        who: phase(
            PhaseEvidence(
                purchase_days=len(histories[who].up_to(as_of)) if who in histories else 0,
                silent=who in quiet,
                open_severe_complaint=who in severe,
            )
        )
        for who in customers
    }


def stages(
    customers: Iterable[int], histories: Histories, quiet: set[int], cases: Iterable[CaseStanding], as_of: date
) -> dict[int, Stage]:
    """The stage of each customer."""
    unresolved = {case.customer_id for case in cases if case.unresolved}
    return {who: _stage(histories.get(who), who in quiet, who in unresolved, as_of) for who in customers}


def _stage(history: History | None, quiet: bool, unresolved: bool, as_of: date) -> Stage:
    days = history.up_to(as_of) if history else []
    stable = is_stable(days, as_of)
    return stage(
        StageEvidence(
            purchase_days=len(days),
            stable=stable,
            stable_month_ends=stable_month_ends(days, as_of) if stable else 0,
            unresolved_complaint=unresolved,
            silent=quiet,
        )
    )


def counted(codes: Iterable[str], of: Iterable[str]) -> dict[str, int]:
    """How many fall under each code, every code named, in the order of `of`."""
    found = Counter(codes)
    return {str(code): found[code] for code in of}


RFM_CODES = (*(group.code for group in DEFAULT_GROUPS), OTHERS)
