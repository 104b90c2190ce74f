"""Every screen and dialog as it is shown in pictures: one scene each, complete by test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.services import customers, duplicates, interactions
from app.services.sample.words import texts
from app.views.interactions.parts import Part
from app.views.search.palette import Palette
from app.views.shared import look
from app.views.shared.desk import (
    BookFollowUp,
    BringIn,
    EditContact,
    LogComplaint,
    LogContact,
    MergeCards,
    NewCustomer,
    OpenCustomer,
    SellTo,
    ShowLookAlikes,
    TakeApart,
    TakeOut,
)
from app.views.shared.dialogs import Dialog
from app.views.shell import (
    calendar_scenes,
    card_scenes,
    case_scenes,
    dialog_scenes,
    goods_scenes,
    import_scenes,
    member_scenes,
    people_scenes,
    points_scenes,
    reward_scenes,
    till_scenes,
    today_scenes,
)
from app.views.shell.places import PLACES

if TYPE_CHECKING:
    from app.views.shell.window import Window

Play = Callable[["Window", int], None]
"""Brings the window to the scene; the number is the customer the sample shop is best seen through."""


@dataclass(frozen=True, slots=True)
class Scene:
    name: str
    play: Play


def _place(name: str) -> Scene:
    def play(window: "Window", _customer: int) -> None:
        window.go(name)

    return Scene(name, play)


def _customer(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))


def _edit_fact(window: "Window", customer: int) -> None:
    """What somebody values most, put in order where it stands."""
    window.desk.ask(OpenCustomer(customer))
    screen: Any = window.go("customers")
    screen.card.facts.begin("values_ranked")


def _edit_card(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    screen: Any = window.go("customers")
    screen.card.edit()


def _print_card(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    screen: Any = window.go("customers")
    screen.card.print()


def _till(window: "Window", customer: int) -> None:
    window.desk.ask(SellTo(customer))


def _new(window: "Window", _customer: int) -> None:
    window.go("customers")
    window.desk.ask(NewCustomer())


def _log(window: "Window", customer: int) -> None:
    window.go("customers")
    window.desk.ask(LogContact(customer))


def _log_parts(window: "Window", customer: int) -> None:
    """Questions and an objection that was met before, which brings up what worked."""
    _log(window, customer)
    form: Any = _dialog(window).form
    form.how.choose_digit(1)
    form.folded.toggle(Part.SCRIPT)
    form.folded.script.pick.choose_digit(1)
    form.folded.toggle(Part.OBJECTION)
    form.folded.meet(texts(look.current().language)["objections"][0]["said"])


def _mend_contact(window: "Window", _customer: int) -> None:
    """Of whoever was spoken to last: not everybody was."""
    read = window.desk.gateway.read
    spoken_to = read(customers.page, customers.Order(customers.SortBy.LAST_CONTACT), limit=1)[0].id
    window.desk.ask(OpenCustomer(spoken_to))
    window.desk.ask(EditContact(read(interactions.contacts, spoken_to, limit=1)[0].id))


def _ask_question(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("scripts").questions.add.click()


def _dialog(window: "Window") -> Any:
    """The dialog that was opened last."""
    return [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()][-1]


def _complaint(window: "Window", customer: int) -> None:
    window.go("complaints")
    window.desk.ask(LogComplaint(customer))


def _followup(window: "Window", customer: int) -> None:
    window.go("followups")
    window.desk.ask(BookFollowUp(customer, window.desk.today()))


def _import(window: "Window", _customer: int) -> None:
    window.go("customers")
    window.desk.ask(BringIn())


def _imports(window: "Window", customer: int) -> None:
    _import(window, customer)
    _dialog(window).file.imports.click()


def _export_followups(window: "Window", _customer: int) -> None:
    """A calendar of some days."""
    window.desk.ask(TakeOut("followups"))
    dialog = _dialog(window)
    dialog.ending.chips()[-1].click()
    dialog.only.first.set_value(window.desk.today())


def _export(window: "Window", _customer: int) -> None:
    window.go("customers")
    window.desk.ask(TakeOut())


def _look_alikes(window: "Window", _customer: int) -> None:
    window.desk.ask(ShowLookAlikes())


def _alike(window: "Window", place: int) -> tuple[int, int]:
    """A pair that looks alike; in a small shop that has none, two who do not."""
    read = window.desk.gateway.read
    if pairs := read(duplicates.look_over).pairs:
        return pairs[place].low, pairs[place].high
    low, high = read(customers.page, limit=2)
    return low.id, high.id


def _merge(window: "Window", _customer: int) -> None:
    window.desk.ask(ShowLookAlikes())
    window.desk.gateway.settle()
    low, high = _alike(window, 0)
    window.desk.ask(MergeCards(low, high))


def _pick_other(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(MergeCards(customer))


def _take_apart(window: "Window", _customer: int) -> None:
    low, high = _alike(window, -1)
    done = window.desk.gateway.write(duplicates.merge, low, high)
    if done is not None:
        window.desk.ask(OpenCustomer(done.kept_id))
        window.desk.ask(TakeApart(done.kept_id, done.merge_id))


def _palette(window: "Window", customer: int) -> None:
    """What is found by the beginning of a name."""
    window.go("today")
    window.open_palette()
    name = window.desk.gateway.read(customers.rows, [customer])[0].name
    for palette in window.findChildren(Palette):
        palette.edit.setText(name[:2] if name.isascii() else name[0])


def _commands(window: "Window", _customer: int) -> None:
    window.go("today")
    window.open_palette()


def _keys(window: "Window", _customer: int) -> None:
    window.go("today")
    window.show_keys()


def _handbook(window: "Window", _customer: int) -> None:
    """The chapter of the till."""
    window.go("till")
    window.show_handbook()


def _handbook_found(window: "Window", customer: int) -> None:
    """Words of the window, looked for in all chapters."""
    _handbook(window, customer)
    _dialog(window).look_for(window.acts.look_alikes.text())


def _about(window: "Window", _customer: int) -> None:
    window.go("today")
    window.show_about()


def _settings(page: str) -> Scene:
    def play(window: "Window", _customer: int) -> None:
        screen: Any = window.go("settings")
        screen.show_page(page)

    return Scene(f"settings-{page}", play)


def _restore(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    safety, gateway = screen.show_page("safety"), window.desk.gateway
    safety.now.click()
    gateway.settle()
    safety.offer(gateway.copies[0])


SCENES = (
    *(_place(place.name) for place in PLACES if place.name not in ("customers", "till")),
    Scene("customers", _customer),
    Scene("till", _till),
    Scene("till-cash", till_scenes.cash),
    Scene("split-payment", till_scenes.split),
    Scene("find-sale", till_scenes.find_sale),
    Scene("return", till_scenes.take_goods),
    Scene("return-without-sale", till_scenes.unlinked),
    Scene("bill", till_scenes.bill),
    Scene("slip", till_scenes.slip),
    Scene("close-day", till_scenes.close_day),
    Scene("closes", till_scenes.closes),
    Scene("settings-method", till_scenes.method),
    Scene("coupons", reward_scenes.coupons),
    Scene("rewards", reward_scenes.catalogue),
    Scene("cards", reward_scenes.cards),
    Scene("new-coupon", reward_scenes.new_coupon),
    Scene("automatic-coupon", reward_scenes.automatic_coupon),
    Scene("new-card", reward_scenes.new_card),
    Scene("new-reward", reward_scenes.new_reward),
    Scene("coupon-sheet", reward_scenes.sheet),
    Scene("held", reward_scenes.held),
    Scene("purse-statement", reward_scenes.purse_statement),
    Scene("pay-out", reward_scenes.pay_out),
    Scene("correct-purse", reward_scenes.correct_purse),
    Scene("till-coupons", reward_scenes.at_the_till),
    Scene("sell-card", reward_scenes.sell_card),
    Scene("products", goods_scenes.goods),
    Scene("article", goods_scenes.article),
    Scene("reprice", goods_scenes.reprice),
    Scene("price-labels", goods_scenes.labels),
    Scene("goods-categories", goods_scenes.categories),
    Scene("earning-rules", points_scenes.rules),
    Scene("points", points_scenes.points),
    Scene("trial", points_scenes.trial),
    Scene("bonus", points_scenes.bonus),
    Scene("member-card", card_scenes.member_card),
    Scene("lost-card", card_scenes.lost_card),
    Scene("print-member-cards", card_scenes.print_cards),
    Scene("tiers", member_scenes.ladder),
    Scene("tier-by-hand", member_scenes.by_hand),
    Scene("tier-moves", member_scenes.moves),
    Scene("edit-fact", _edit_fact),
    Scene("household", dialog_scenes.household),
    Scene("edit-card", _edit_card),
    Scene("print-card", _print_card),
    Scene("new-customer", _new),
    Scene("referrals", dialog_scenes.referrals),
    Scene("personal-prices", dialog_scenes.prices),
    Scene("look-alikes", _look_alikes),
    Scene("merge", _merge),
    Scene("merge-with", _pick_other),
    Scene("take-apart", _take_apart),
    Scene("log-contact", _log),
    Scene("log-contact-parts", _log_parts),
    Scene("edit-contact", _mend_contact),
    Scene("log-complaint", _complaint),
    Scene("complaint", dialog_scenes.case),
    Scene("move-complaint", dialog_scenes.move_case),
    Scene("call-back", dialog_scenes.call_back),
    Scene("complaint-list", dialog_scenes.case_list),
    Scene("filter-complaints", dialog_scenes.filter_cases),
    Scene("print-complaints", dialog_scenes.print_cases),
    Scene("edit-complaint", dialog_scenes.mend_case),
    Scene("log-complaint-on-the-spot", case_scenes.on_the_spot),
    Scene("complaint-full", case_scenes.full),
    Scene("complaint-picture", case_scenes.picture),
    Scene("complaint-remedy", case_scenes.remedy),
    Scene("complaint-cause", case_scenes.cause),
    Scene("complaint-slip", case_scenes.slip),
    Scene("complaint-file", case_scenes.papers),
    Scene("complaints-learning", case_scenes.learning),
    Scene("complaints-learning-cases", case_scenes.learning_cases),
    Scene("calendar-month", calendar_scenes.month),
    Scene("calendar-week", calendar_scenes.week),
    Scene("calendar-day", calendar_scenes.one_day),
    Scene("calendar-agenda", calendar_scenes.agenda),
    Scene("calendar-marked", calendar_scenes.marked),
    Scene("hand-over", calendar_scenes.hand_over),
    Scene("hand-over-all", calendar_scenes.hand_over_all),
    Scene("print-calendar", calendar_scenes.print_month),
    Scene("print-calendar-list", calendar_scenes.print_list),
    Scene("book-followup", _followup),
    Scene("change-followup", dialog_scenes.change_followup),
    Scene("repeat-followup", dialog_scenes.repeat_followup),
    Scene("repeat-which", dialog_scenes.repeat_which),
    Scene("adjust-points", dialog_scenes.adjust_points),
    Scene("edit-tier", dialog_scenes.edit_tier),
    Scene("import", _import),
    Scene("imports-none", _imports),
    Scene("import-reading", import_scenes.reading),
    Scene("import-columns", import_scenes.columns),
    Scene("import-tried", import_scenes.tried),
    Scene("import-done", import_scenes.done),
    Scene("import-repair", import_scenes.repair),
    Scene("imports", import_scenes.brought),
    Scene("archive-in", import_scenes.archive),
    Scene("export", _export),
    Scene("export-followups", _export_followups),
    *(
        _settings(page)
        for page in ("points", "cards", "till", "care", "rules", "scripts", "fields", "look", "safety", "trail")
    ),
    Scene("settings-holidays", dialog_scenes.holidays),
    Scene("settings-question", _ask_question),
    Scene("settings-script", dialog_scenes.script),
    Scene("settings-field", dialog_scenes.card_field),
    Scene("settings-rule", dialog_scenes.rule),
    Scene("settings-cadence", dialog_scenes.cadence),
    Scene("restore", _restore),
    Scene("consents", people_scenes.consents),
    Scene("personal-data", people_scenes.hand_over),
    Scene("erase", people_scenes.erase),
    Scene("completeness", people_scenes.completeness),
    Scene("customers-chosen", people_scenes.chosen),
    Scene("bulk-edit", people_scenes.bulk_edit),
    Scene("palette", _palette),
    Scene("commands", _commands),
    Scene("keys", _keys),
    Scene("handbook", _handbook),
    Scene("handbook-found", _handbook_found),
    Scene("about", _about),
    Scene("erased", dialog_scenes.erased),
    Scene("today-called", today_scenes.called),
    Scene("today-another-day", today_scenes.another_day),
    Scene("today-full", today_scenes.full_day),
    Scene("reminder", today_scenes.reminder),
    Scene("first-run", dialog_scenes.first_run),
)
