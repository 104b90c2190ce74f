"""What a scanned code means: the kinds of codes the shop knows, asked one after the other.

A feature whose codes are scanned adds a `Finder` to FINDERS. What it finds is asked of the desk: the screen shown may
take it in its own way (`Screen.take_scanned`), else the shell serves it.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.member_cards import card_number, grouped
from app.services import member_cards, products, sales
from app.services.member_cards import MemberCard
from app.views.shared.desk import Desk, OpenCustomer, OpenSale, Request, SellGoods
from app.views.shared.people_words import on_day

Found = Request | str
"""What is asked of the desk, or a sentence that says why the code is refused."""
Finder = Callable[[Desk, str], Found | None]
SHORTEST = 4
"""Letters of the shortest code."""


def find(desk: Desk, code: str) -> Request | None:
    """What the code means. One that is refused, or that nobody knows, is told, and nothing is found."""
    said = _said(desk, code)
    if said is None:
        unknown = QCoreApplication.translate("Scanned", "Nothing here has the code {code}")
        desk.decline(unknown.replace("{code}", code.strip()))
        return None
    if isinstance(said, str):
        desk.decline(said)
        return None
    return said


def is_known(desk: Desk, code: str) -> bool:
    """Whether any kind of code has something to say to this one, be it a refusal."""
    return _said(desk, code) is not None


def member_card(desk: Desk, code: str) -> Found | None:
    """A card that is in use is its holder; a lost one is refused."""
    card = desk.gateway.read(member_cards.look_up, code)
    if card is None:
        return None
    return OpenCustomer(card.customer_id) if card.good else lost(card, desk)


def article(desk: Desk, code: str) -> Found | None:
    """An article on sale goes on the ticket."""
    found = desk.gateway.read(products.by_code_or_barcode, code)
    return SellGoods(found.id) if found else None


def bill(desk: Desk, code: str) -> Found | None:
    """The barcode of a slip is its sale. A bare number is none: an invoice of the old system may be a price as well."""
    found = desk.gateway.read(sales.sales_by_number, code, desk.today()) if "-" in code else []
    return OpenSale(found[0].id) if found else None


def lost(card: MemberCard, desk: Desk) -> str:
    """Why a lost card is refused, and which one is good."""
    said = QCoreApplication.translate("Scanned", "Card {number} was reported lost on {day} ({reason}).")
    if card.replaced_by:
        new = QCoreApplication.translate("Scanned", "The new one is {new}.")
    else:
        new = QCoreApplication.translate("Scanned", "It has not been replaced.")
    day = on_day(desk.day_of(card.at), desk.today())
    said = said.replace("{number}", grouped(card.number)).replace("{day}", day).replace("{reason}", card.reason)
    whole = QCoreApplication.translate("Scanned", "{lost} {new}")
    return whole.replace("{lost}", said).replace("{new}", new.replace("{new}", grouped(card.replaced_by)))


def lost_card(desk: Desk, typed: str) -> str:
    """Why what was typed is refused, where it is the whole number of a lost card; "" for anything else."""
    if not any(letter.isdigit() for letter in typed) or not card_number(typed):
        return ""
    card = desk.gateway.read(member_cards.look_up, typed)
    return "" if card is None or card.good else lost(card, desk)


FINDERS: list[Finder] = [member_card, article, bill]


def _said(desk: Desk, code: str) -> Found | None:
    bare = code.strip()
    if len(bare) < SHORTEST:
        return None
    return next((said for finder in FINDERS if (said := finder(desk, bare)) is not None), None)
