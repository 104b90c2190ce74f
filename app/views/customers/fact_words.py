"""What the facts of a card are called, and how values of them are said."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from app.domain.birthdays import Birthday, age_on, next_date
from app.domain.custom_fields import NO, YES, FieldKind
from app.domain.interactions import Channel
from app.domain.relations import Relation
from app.domain.wishes import Wish
from app.services.customers import CustomFieldRow
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.people_words import on_day

SECTIONS = ("reach", "days", "wants", "people", "own", "money", "about")
SECTION_OF = {
    "phones": "reach",
    "wechat": "reach",
    "emails": "reach",
    "addresses": "reach",
    "preferred_channel": "reach",
    "consent": "reach",
    "birthday": "days",
    "dates": "days",
    "needs": "wants",
    "preferences": "wants",
    "values_ranked": "wants",
    "buys_elsewhere": "wants",
    "household_name": "people",
    "household": "people",
    "relation": "people",
    "referrer_id": "people",
    "credit_note": "money",
    "credit_limit": "money",
    "personal_discount": "money",
    "prices": "money",
    "tags": "about",
    "company": "about",
    "source": "about",
    "note": "about",
}
"""Every fact that can be filled in on the card, in reading order, and the heading it stands under."""


def section_words(section: str) -> str:
    """The heading of a group of facts."""
    return {
        "reach": QCoreApplication.translate("CardFacts", "How to reach them"),
        "days": QCoreApplication.translate("CardFacts", "Days that matter"),
        "wants": QCoreApplication.translate("CardFacts", "What they want"),
        "people": QCoreApplication.translate("CardFacts", "Family and referrals"),
        "own": QCoreApplication.translate("CardFacts", "Of this shop"),
        "money": QCoreApplication.translate("CardFacts", "Prices and credit"),
        "about": QCoreApplication.translate("CardFacts", "About them"),
    }[section]


def fact_words(field: str) -> str:
    """What a fact is called."""
    return {
        "name": QCoreApplication.translate("CardFacts", "Name"),
        "phones": QCoreApplication.translate("CardFacts", "Phone"),
        "wechat": QCoreApplication.translate("CardFacts", "WeChat"),
        "emails": QCoreApplication.translate("CardFacts", "E-mail"),
        "addresses": QCoreApplication.translate("CardFacts", "Address"),
        "preferred_channel": QCoreApplication.translate("CardFacts", "Prefers to be reached by"),
        "consent": QCoreApplication.translate("CardFacts", "May we write or call?"),
        "birthday": QCoreApplication.translate("CardFacts", "Birthday"),
        "dates": QCoreApplication.translate("CardFacts", "Other days"),
        "needs": QCoreApplication.translate("CardFacts", "Needs"),
        "preferences": QCoreApplication.translate("CardFacts", "Likes"),
        "values_ranked": QCoreApplication.translate("CardFacts", "Values most"),
        "buys_elsewhere": QCoreApplication.translate("CardFacts", "Buys elsewhere"),
        "household_name": QCoreApplication.translate("CardFacts", "Household"),
        "household": QCoreApplication.translate("CardFacts", "Lives with"),
        "relation": QCoreApplication.translate("CardFacts", "Relation"),
        "referrer_id": QCoreApplication.translate("CardFacts", "Brought by"),
        "credit_note": QCoreApplication.translate("CardFacts", "Credit"),
        "credit_limit": QCoreApplication.translate("CardFacts", "Credit limit"),
        "personal_discount": QCoreApplication.translate("CardFacts", "Personal discount"),
        "prices": QCoreApplication.translate("CardFacts", "Personal prices"),
        "tags": QCoreApplication.translate("CardFacts", "Tags"),
        "company": QCoreApplication.translate("CardFacts", "Company"),
        "source": QCoreApplication.translate("CardFacts", "Found us by"),
        "note": QCoreApplication.translate("CardFacts", "Note"),
        "fact": QCoreApplication.translate("CardFacts", "Remember"),
    }[field]


def day_words(day: Birthday, today: date) -> tuple[str, str]:
    """A day that is kept every year, and by the moon the date it falls on next."""
    if not day.lunar:
        return on_day(date(day.year or 2000, day.month, day.day), today if day.year else date(2000, 1, 1)), ""
    said = f"{lunar_words(day)}, {day.year}" if day.year else lunar_words(day)
    return said, on_day(next_date(day, today), today)


def turning(day: Birthday, today: date) -> str:
    """What somebody turns on their next birthday; nothing without a year."""
    return age_words(age_on(day, next_date(day, today)))


def wish_words(code: str) -> str:
    """What somebody cares for; the shop's own word stays as it is."""
    said: dict[str, str] = {
        Wish.PRICE: QCoreApplication.translate("Wishes", "Price"),
        Wish.QUALITY: QCoreApplication.translate("Wishes", "Quality"),
        Wish.SERVICE: QCoreApplication.translate("Wishes", "Service"),
        Wish.SPEED: QCoreApplication.translate("Wishes", "Speed"),
        Wish.CHOICE: QCoreApplication.translate("Wishes", "Choice"),
        Wish.TRUST: QCoreApplication.translate("Wishes", "Trust"),
        Wish.NOVELTY: QCoreApplication.translate("Wishes", "Something new"),
        Wish.CONVENIENCE: QCoreApplication.translate("Wishes", "Convenience"),
    }
    return said.get(code, code)


def relation_words(code: str) -> str:
    """What somebody is to the person on the card; the shop's own word stays as it is."""
    said: dict[str, str] = {
        Relation.SPOUSE: QCoreApplication.translate("Relations", "spouse"),
        Relation.PARENT: QCoreApplication.translate("Relations", "parent"),
        Relation.CHILD: QCoreApplication.translate("Relations", "child"),
        Relation.SIBLING: QCoreApplication.translate("Relations", "sibling"),
        Relation.GRANDPARENT: QCoreApplication.translate("Relations", "grandparent"),
        Relation.GRANDCHILD: QCoreApplication.translate("Relations", "grandchild"),
        Relation.RELATIVE: QCoreApplication.translate("Relations", "relative"),
        Relation.FRIEND: QCoreApplication.translate("Relations", "friend"),
        Relation.NEIGHBOUR: QCoreApplication.translate("Relations", "neighbour"),
        Relation.COLLEAGUE: QCoreApplication.translate("Relations", "colleague"),
        Relation.EMPLOYER: QCoreApplication.translate("Relations", "employer"),
        Relation.EMPLOYEE: QCoreApplication.translate("Relations", "employee"),
    }
    return said.get(code, code)


def reach_words(code: str) -> str:
    """A way to reach somebody, short enough to stand beside its mark."""
    said: dict[str, str] = {
        Channel.CALL: QCoreApplication.translate("Reach", "Calls"),
        Channel.VISIT: QCoreApplication.translate("Reach", "Visits"),
        Channel.WECHAT: QCoreApplication.translate("Reach", "WeChat"),
        Channel.SMS: QCoreApplication.translate("Reach", "SMS"),
        Channel.EMAIL: QCoreApplication.translate("Reach", "E-mail"),
        Channel.LETTER: QCoreApplication.translate("Reach", "Letters"),
    }
    return said.get(code, code)


def place_words(code: str) -> str:
    """Where a yes or a no was said; the shop's own word stays as it is."""
    return {
        "counter": QCoreApplication.translate("Consent", "at the counter"),
        "paper": QCoreApplication.translate("Consent", "on paper"),
        "phone": QCoreApplication.translate("Consent", "on the phone"),
        "message": QCoreApplication.translate("Consent", "in a message"),
        "import": QCoreApplication.translate("Consent", "from a file"),
    }.get(code, code)


def source_words(code: str, choices: list[tuple[str, str]]) -> str:
    """How somebody found the shop."""
    return dict(choices).get(code, code)


def custom_words(field: CustomFieldRow, value: str, today: date) -> str:
    """A value of one of the shop's own fields."""
    if field.kind is FieldKind.YES_NO:
        return yes_no(value)
    if field.kind is FieldKind.DATE:
        return on_day(date.fromisoformat(value), today)
    return value


def yes_no(value: str) -> str:
    return {
        YES: QCoreApplication.translate("CardFacts", "Yes"),
        NO: QCoreApplication.translate("CardFacts", "No"),
    }.get(value, value)


def percent(thousandths: int) -> str:
    """ "12.5" of 125 thousandths."""
    return f"{(Decimal(thousandths) / 10).normalize():f}"


def read_percent(words: str) -> int | None:
    """Thousandths from a percentage with at most one decimal; None for nothing. Raises ValueError."""
    bare = words.strip().removesuffix("%").removesuffix("％").strip()
    if not bare:
        return None
    try:
        share = Decimal(bare) * 10
    except InvalidOperation as trouble:
        raise ValueError(words) from trouble
    if not share.is_finite() or share != int(share):
        raise ValueError(words)
    return int(share)
