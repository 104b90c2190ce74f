"""What the shell does when a screen asks for something: which place it goes to, which dialog it opens."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from app.views.shared import desk, look
from app.views.shared.screen import Screen

if TYPE_CHECKING:
    from app.views.shell.window import Window


def serve(window: "Window", request: desk.Request) -> None:
    """Do what was asked. Screens never know each other; only this file knows them all."""
    match request:
        case desk.OpenPlace(place):
            window.go(place)
        case desk.ShowFollowUp(followup_id):
            if not _at(window, "today").show_followup(followup_id):
                serve(window, desk.EditFollowUp(followup_id))
        case desk.OpenCustomer(customer_id):
            window.open_card(customer_id)
        case desk.ShowLookAlikes():
            window.go("duplicates")
        case desk.ShowCustomers(title, customer_ids):
            _at(window, "customers").show_people(title, customer_ids)
        case desk.SellTo(customer_id):
            _at(window, "till").sell_to(customer_id)
        case desk.ShowGoods(product_id):
            _at(window, "products").show_article(product_id)
        case desk.SellGoods(product_id):
            _at(window, "till").take(product_id)
        case desk.Scanned(code):
            _take_scanned(window, code)
        case desk.OpenComplaint(complaint_id):
            _at(window, "complaints").show_complaint(complaint_id)
        case desk.TryRules(draft):
            _at(window, "trial").try_rules(draft)
        case desk.Relook():
            _relook(window, request)
        case _:
            _open(window, request)


def _take_scanned(window: "Window", code: str) -> None:
    """The screen that is shown comes first: at the till a member card is the buyer, elsewhere it opens the person."""
    from app.views.shared import scanned

    found = scanned.find(window.desk, code)
    if found is None:
        return
    screen = window.pages.currentWidget()
    if not (isinstance(screen, Screen) and screen.take_scanned(found)):
        serve(window, found)


def topmost(window: "Window") -> QWidget:
    """The dialog that is shown last, or the window: what is asked for in a dialog stands over it."""
    from app.views.shared.dialogs import Dialog

    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, Dialog) else window


def _at(window: "Window", place: str) -> Any:
    return window.go(place)


def _relook(window: "Window", wanted: desk.Relook) -> None:
    now = look.current()
    if wanted.language and wanted.language != now.language:
        window.speak(wanted.language)
    if wanted.theme:
        window.dress(look.Theme(wanted.theme))
    if wanted.scale and wanted.scale != now.scale:
        window.scale_by(wanted.scale - now.scale)


def _open(window: "Window", request: desk.Request) -> None:
    match request:
        case desk.NewCustomer(name):
            from app.views.customers.editor import open_editor

            open_editor(window.desk, window, name=name)
        case desk.MergeCards(customer_id, None):
            from app.views.duplicates.picking import open_pick

            open_pick(window.desk, window, customer_id)
        case desk.MergeCards(customer_id, int(other_id)):
            from app.views.duplicates.merging import open_merge

            open_merge(window.desk, window, customer_id, other_id)
        case desk.TakeApart(customer_id, merge_id):
            from app.views.duplicates.taking_apart import open_apart

            open_apart(window.desk, window, customer_id, merge_id)
        case desk.LogContact(customer_id):
            from app.views.interactions.log import open_log

            open_log(window.desk, window, customer_id)
        case desk.EditContact(contact_id):
            from app.views.interactions.mending import open_mending

            open_mending(window.desk, window, contact_id)
        case desk.LogComplaint(customer_id, words, contact_id, sale_id):
            from app.views.complaints.entry import open_entry

            open_entry(window.desk, topmost(window), customer_id, words=words, contact_id=contact_id, sale_id=sale_id)
        case desk.BookFollowUp(customer_id, day, hour):
            from app.views.followups.editor import open_followup

            open_followup(window.desk, window, customer_id, day, hour)
        case desk.EditFollowUp(followup_id):
            from app.views.followups.editor import open_edit

            open_edit(window.desk, window, followup_id)
        case desk.ShowHeld(customer_id, name):
            from app.views.rewards.held_dialog import open_held

            open_held(window.desk, window, customer_id, name)
        case desk.EditRules(draft):
            from app.views.members.rules_editor import open_rules

            open_rules(window.desk, window, draft)
        case desk.GiveTier(customer_id):
            from app.views.members.given_tier import open_given_tier

            open_given_tier(window.desk, window, customer_id)
        case desk.GiveBonus(customer_ids, tier_rank):
            from app.views.members.bonus_dialog import open_bonus

            open_bonus(window.desk, window, customer_ids, tier_rank)
        case desk.BringIn(path, kind):
            from app.views.transfer.wizard import open_wizard

            open_wizard(window.desk, window, path=path, kind=kind)
        case desk.BringArchive(path):
            from app.bootstrap import found_from_archive
            from app.views.transfer.archive_in import Makers, open_archive

            open_archive(window.desk, window, Makers(found_from_archive, window.wants_shop.emit), path)
        case desk.ShowImports(batch):
            from app.views.transfer.imports import open_imports

            open_imports(window.desk, window, batch)
        case desk.TakeOut(kind, ids):
            from app.views.transfer.taking_out import open_export

            open_export(window.desk, window, kind=kind, ids=ids)
        case _:
            _open_privacy(window, request)


def _open_privacy(window: "Window", request: desk.Request) -> None:
    match request:
        case desk.ShowConsents(customer_id):
            from app.views.privacy.consents import open_consents

            open_consents(window.desk, window, customer_id)
        case desk.HandOverPerson(customer_id):
            from app.views.privacy.handing import open_handing

            open_handing(window.desk, window, customer_id)
        case desk.ShowMemberCard(customer_id):
            from app.views.member_cards.dialog import open_member_card

            open_member_card(window.desk, window, customer_id)
        case desk.PrintMemberCards(customer_ids):
            from app.views.member_cards.printing import open_print_cards

            open_print_cards(window.desk, window, customer_ids)
        case desk.ErasePerson(customer_id):
            from app.views.privacy.erasing import open_erase

            open_erase(window.desk, window, customer_id)
        case _:
            _open_till(window, request)


def _open_till(window: "Window", request: desk.Request) -> None:
    match request:
        case desk.OpenSale(sale_id):
            from app.views.till.bill_dialog import open_bill

            open_bill(window.desk, topmost(window), sale_id)
        case desk.TakeReturn(sale_id):
            from app.views.till.return_dialog import open_return

            open_return(window.desk, topmost(window), sale_id=sale_id)
        case desk.CloseDay():
            from app.views.till.closing_dialog import open_closing

            open_closing(window.desk, window)
