"""Rules of follow-ups in sentences: what each waits for, for whom, who does it, and what it would bring."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.followup_rules import Assignee, RuleDraft, RuleKind, Scope
from app.domain.followups import FollowUpPurpose
from app.domain.segments.stages import Stage
from app.services.customers import TierMark
from app.services.followups import RulePreview
from app.services.settings import ShopSettings
from app.views.shared import followup_words, paint, people_words
from app.views.shared.day_words import near_day

Money = Callable[[int], str]


def title(kind: RuleKind) -> str:
    """What a rule is called."""
    return {
        RuleKind.THANKS: QCoreApplication.translate("Rules", "Thanks after a purchase"),
        RuleKind.WELCOME: QCoreApplication.translate("Rules", "Welcome to a new customer"),
        RuleKind.REORDER: QCoreApplication.translate("Rules", "Time to buy again"),
        RuleKind.CALL_BACK: QCoreApplication.translate("Rules", "Call-back after a complaint is solved"),
        RuleKind.AFTER_CASE: QCoreApplication.translate("Rules", "Care after a complaint is closed"),
        RuleKind.HESITATING: QCoreApplication.translate("Rules", "After a quote, nothing bought yet"),
        RuleKind.BIRTHDAY: QCoreApplication.translate("Rules", "Birthday"),
        RuleKind.POINTS: QCoreApplication.translate("Rules", "Points about to end"),
        RuleKind.SILENCE: QCoreApplication.translate("Rules", "Gone quiet"),
        RuleKind.CADENCE: QCoreApplication.translate("Rules", "Next contact"),
    }[kind]


def sentence(draft: RuleDraft, shop: ShopSettings, money: Money) -> str:
    """When a rule brings a follow-up, and of which purpose: "3 days after a purchase of ¥500 or more (care)"."""
    said = _when(draft, shop, money)
    purpose = followup_words.purpose_words(draft.purpose)
    words = QCoreApplication.translate("Rules", "{when} ({purpose})")
    return words.replace("{when}", said).replace("{purpose}", purpose.lower())


def _when(draft: RuleDraft, shop: ShopSettings, money: Money) -> str:
    days, least = draft.days, draft.least
    match draft.kind:
        case RuleKind.THANKS:
            said = QCoreApplication.translate("Rules", "%n day(s) after a purchase of {least} or more", "", days)
            return said.replace("{least}", money(least))
        case RuleKind.WELCOME:
            return QCoreApplication.translate("Rules", "%n day(s) after a card was made in the shop", "", days)
        case RuleKind.REORDER:
            return QCoreApplication.translate("Rules", "when their usual days between purchases are over")
        case RuleKind.CALL_BACK:
            callback = shop.complaint_callback_days
            return QCoreApplication.translate("Rules", "%n day(s) after it was solved: is all well?", "", callback)
        case RuleKind.AFTER_CASE:
            return QCoreApplication.translate("Rules", "%n day(s) after the customer agreed", "", days)
        case RuleKind.HESITATING:
            return QCoreApplication.translate(
                "Rules", "%n day(s) after a quote, a demonstration or an objection", "", days
            )
        case RuleKind.BIRTHDAY:
            if not days:
                return QCoreApplication.translate("Rules", "on the day, by the sun or the moon")
            return QCoreApplication.translate("Rules", "%n day(s) before it, by the sun or the moon", "", days)
        case RuleKind.POINTS:
            said = QCoreApplication.translate("Rules", "%n day(s) before {least} points or more end", "", days)
            return said.replace("{least}", paint.figure(least))
        case RuleKind.SILENCE:
            return QCoreApplication.translate(
                "Rules", "away for over twice their usual days, from %n visit(s) on", "", least
            )
        case _:
            return _every(draft)


def _every(draft: RuleDraft) -> str:
    latest = draft.days + draft.good_for
    days = draft.days
    if draft.own_rhythm:
        return QCoreApplication.translate("Rules", "as often as they come, else every %n day(s)", "", days)
    said = QCoreApplication.translate("Rules", "every %n day(s), at the latest after {latest}", "", days)
    return said.replace("{latest}", str(latest))


def scope(draft: RuleDraft, tiers: Mapping[str, TierMark]) -> str:
    """For whom it holds; nothing where it is for everybody."""
    if draft.scope is Scope.TIER:
        mark = tiers.get(draft.match)
        return people_words.tier_name(mark) if mark else draft.match
    if draft.scope is Scope.STAGE:
        return stage(Stage(int(draft.match))) if draft.match.isdecimal() else draft.match
    return draft.match if draft.scope is Scope.TAG else ""


def stage(code: Stage) -> str:
    return {
        Stage.HOLDING_CASH: QCoreApplication.translate("Rules", "Holding cash"),
        Stage.HESITATING: QCoreApplication.translate("Rules", "Hesitating"),
        Stage.TRUST: QCoreApplication.translate("Rules", "First trust"),
        Stage.REPEAT: QCoreApplication.translate("Rules", "Buys again"),
        Stage.STABLE: QCoreApplication.translate("Rules", "Steady"),
        Stage.LONG_TERM: QCoreApplication.translate("Rules", "Long-term"),
    }[code]


def scope_kind(code: Scope) -> str:
    return {
        Scope.EVERYONE: QCoreApplication.translate("Rules", "Everybody"),
        Scope.TIER: QCoreApplication.translate("Rules", "One tier"),
        Scope.STAGE: QCoreApplication.translate("Rules", "One stage"),
        Scope.TAG: QCoreApplication.translate("Rules", "One tag"),
    }[code]


def assignee(code: Assignee) -> str:
    return {
        Assignee.OWNER: QCoreApplication.translate("Rules", "The owner"),
        Assignee.SELLER: QCoreApplication.translate("Rules", "Who served them last"),
        Assignee.PERSON: QCoreApplication.translate("Rules", "One person"),
    }[code]


def purposes() -> list[tuple[FollowUpPurpose, str]]:
    """What a rule may be for."""
    return [(code, followup_words.purpose_words(code)) for code in (FollowUpPurpose.CARE, FollowUpPurpose.SELL)]


def foreseen(seen: RulePreview, *, on: bool) -> str:
    """In a row of the list: what it would bring, or what comes in the next days."""
    now, soon = seen.today, seen.today + seen.week
    if on:
        return QCoreApplication.translate("Rules", "**%n** in the next 7 days", "", soon)
    return QCoreApplication.translate("Rules", "would bring **%n** today", "", now)


def told(seen: RulePreview, kind: RuleKind, cap: int, today: date) -> str:
    """Under the form of a rule: how many now and later, for whom first."""
    now, week, month = seen.today, seen.week, seen.month
    said = [QCoreApplication.translate("Rules", "Would bring %n follow-up(s) today", "", now)]
    said.append(QCoreApplication.translate("Rules", "%n more within 7 days", "", week))
    said.append(QCoreApplication.translate("Rules", "%n within 30", "", month))
    lines = [" · ".join(said)]
    if kind is RuleKind.CADENCE:
        lines += _cadence(seen, cap)
    else:
        lines.append(
            QCoreApplication.translate(
                "Rules", "Begins with what fell due in the last 3 days, not with the whole past."
            )
        )
    if seen.first:
        separator = QCoreApplication.translate("Rules", ", ")
        first = separator.join(f"{name} ({near_day(on, today)})" for name, on in seen.first)
        lines.append(QCoreApplication.translate("Rules", "First: {names}").replace("{names}", first))
    return "\n".join(lines)


def _cadence(seen: RulePreview, cap: int) -> list[str]:
    people, days, waiting = seen.people, seen.usual_days, seen.waiting
    held = QCoreApplication.translate("Rules", "Holds for %n customer(s)", "", people)
    if days is not None:
        usual = QCoreApplication.translate("Rules", "by themselves they come every %n day(s)", "", days)
        held = f"{held} · {usual}"
    if not waiting:
        return [held]
    said = QCoreApplication.translate("Rules", "%n wait for a free day: one person does {cap} a day", "", waiting)
    return [held, said.replace("{cap}", str(cap))]
