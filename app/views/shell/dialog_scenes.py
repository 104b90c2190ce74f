"""How the window is brought to the scenes of the dialogs that open from a list or a card."""

from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.complaints import ComplaintState
from app.domain.recurrence import Pattern, Repeat, Unit, rule_of
from app.services import complaints, customers, followups, privacy
from app.services.sample.words import texts
from app.views.complaints.entry import open_mending
from app.views.complaints.moving import start_move
from app.views.customers.prices_dialog import open_prices
from app.views.customers.referral_tree import open_referrals
from app.views.followups.editor import open_edit, open_followup
from app.views.shared import look
from app.views.shared.desk import EditFollowUp, OpenComplaint, OpenCustomer
from app.views.shell.first_run import FirstRun

if TYPE_CHECKING:
    from app.views.shell.window import Window

LATEST = customers.Order(customers.SortBy.LAST_SALE)


def household(window: "Window", customer: int) -> None:
    """Two people in a house that is being named."""
    write = window.desk.gateway.write
    other = next(row.id for row in window.desk.gateway.read(customers.page, LATEST, limit=9) if row.id != customer)
    house = write(customers.join_household, customer, other)
    if house is not None:
        said = texts(look.current().language)
        write(customers.name_household, house, said["addresses"][1])
        write(customers.pin_fact, customer, said["facts"][0], at=window.desk.now())
    window.desk.ask(OpenCustomer(customer))
    screen: Any = window.go("customers")
    screen.card.facts.begin("household_name")


def referrals(window: "Window", _customer: int) -> None:
    """Of whoever brought the most people among the newest cards."""
    read, today = window.desk.gateway.read, window.desk.today()
    cards = [read(customers.card, row.id, today) for row in read(customers.page, LATEST, limit=40)]
    best = max(cards, key=lambda card: card.brought)
    window.desk.ask(OpenCustomer(best.id))
    open_referrals(window.desk, window, best)


def prices(window: "Window", customer: int) -> None:
    for product, price in ((1, 1_880_000), (13, 1_700_000)):
        window.desk.gateway.write(customers.set_personal_price, customer, product, price)
    window.desk.ask(OpenCustomer(customer))
    open_prices(window.desk, window, window.desk.gateway.read(customers.card, customer, window.desk.today()))


def erased(window: "Window", _customer: int) -> None:
    """The card of somebody who was erased: the last of the list, whom no other scene is about."""
    gateway = window.desk.gateway
    gone = gateway.read(customers.page, LATEST, limit=60)[-1].id
    gateway.write(privacy.erase, gone, at=window.desk.now())
    window.desk.ask(OpenCustomer(gone))


def case(window: "Window", customer: int) -> None:
    window.desk.ask(OpenComplaint(_case(window, customer).card.id))


def move_case(window: "Window", customer: int) -> None:
    window.go("complaints")
    start_move(window.desk, window, _case(window, customer).card, ComplaintState.RESOLVED, lambda _case: None)


def call_back(window: "Window", _customer: int) -> None:
    """Asking whether somebody agrees that their case is solved."""
    screen: Any = window.go("complaints")
    solved = screen.lanes[ComplaintState.RESOLVED].list
    solved.choice.choose_place(0)
    solved.setFocus()
    screen.call()


def case_list(window: "Window", _customer: int) -> None:
    screen: Any = window.go("complaints")
    screen.show_mode("list")


def filter_cases(window: "Window", _customer: int) -> None:
    screen: Any = window.go("complaints")
    screen.bar.open()


def print_cases(window: "Window", _customer: int) -> None:
    screen: Any = window.go("complaints")
    screen.print()


def mend_case(window: "Window", customer: int) -> None:
    window.go("complaints")
    open_mending(window.desk, window, _case(window, customer))


def _case(window: "Window", customer: int) -> complaints.Case:
    read = window.desk.gateway.read
    theirs = read(customers.card, customer, window.desk.today()).cases
    number = theirs[0].id if theirs else read(complaints.ids_of_page, window.desk.now())[0]
    return read(complaints.case, number, window.desk.now())


def change_followup(window: "Window", _customer: int) -> None:
    window.go("today")
    todo = window.desk.gateway.read(followups.today, window.desk.today(), window.desk.now())
    window.desk.ask(EditFollowUp(todo.rows[0].item.id))


def repeat_followup(window: "Window", customer: int) -> None:
    """A follow-up that comes every month on its last day."""
    window.go("followups")
    dialog = open_followup(window.desk, window, customer, date(window.desk.today().year, 12, 31))
    dialog.form.repeat.set_value(Repeat(rule_of(Pattern(Unit.MONTH, day=31)), times=12))


def repeat_which(window: "Window", customer: int) -> None:
    """One of a series is changed: which of them shall follow."""
    today, weekly = window.desk.today(), Repeat(rule_of(Pattern(Unit.WEEK, 2, (0, 3))))
    draft = followups.FollowUpDraft(today, customer_id=customer, repeat=weekly)
    made = window.desk.gateway.write(followups.book, draft, window.desk.now())
    window.go("followups")
    dialog = made and open_edit(window.desk, window, made)
    if dialog:
        dialog.primary.click()


def adjust_points(window: "Window", _customer: int) -> None:
    screen: Any = window.go("members")
    screen.adjust_act.trigger()


def edit_tier(window: "Window", _customer: int) -> None:
    screen: Any = window.go("members")
    screen.edit_act.trigger()


def card_field(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("fields").fields.add.click()


def script(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("scripts").scripts.add.click()


def rule(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("rules").kinds.edit.click()


def cadence(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("rules").cadences.add.click()


def first_run(window: "Window", _customer: int) -> None:
    """The page of the first minutes, over the window."""
    page = FirstRun()
    page.setParent(window)
    page.setGeometry(window.rect())
    page.show()


def holidays(window: "Window", _customer: int) -> None:
    """The public holidays that are proposed."""
    screen: Any = window.go("settings")
    screen.show_page("shop").propose.click()
    window.desk.gateway.settle()
