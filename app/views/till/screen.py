"""The till: scan or choose, say who it is, use points, charge."""

from functools import partial

from PySide6.QtGui import QKeySequence, QResizeEvent

from app.domain.complaints import ON_THE_SPOT
from app.domain.payments import Paid
from app.resources.refusals import sentence
from app.services import sales, till
from app.services.till import Bill
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.desk import OpenCustomer, OpenPlace, Request, ShowGoods
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import PAGE_MARGINS, box, column, row
from app.views.shared.look import px
from app.views.shared.method_words import method_name
from app.views.shared.notices import Notice
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD, PAGE_LEFT, PAGE_RIGHT
from app.views.till.basket import ONE, Basket
from app.views.till.card_sale import CardSaleDialog
from app.views.till.errands import Errands
from app.views.till.goods import Goods
from app.views.till.kept import keep, kept_basket
from app.views.till.ticket_card import TicketCard

TINY, NARROW, LOW = 832, 1100, 560
"""Between these widths of the page the shelf gives room to the ticket; under this height of the window the air does."""
LOW_HEAD, LOW_MARGINS = 40, (PAGE_LEFT, 0, PAGE_RIGHT, 8)


class TillScreen(Screen):
    """The scan field has the focus at rest and gets it back after every act; Esc goes back one step."""

    watches = frozenset({"products", "sales", "loyalty", "customers", "complaints", "settings", "rewards"})

    def build(self) -> None:
        self.basket = self._found_basket()
        self.errands = Errands(self.desk, self)
        self.errands.splitted.connect(self._on_splitted)
        self.errands.parked_chosen.connect(self._on_chosen_parked)
        self._waiting, self._low = 0, False
        self._bill: Bill | None = None
        self._build_head()
        self._build_goods()
        self._build_ticket()
        left = column((self.goods, 1), self.brake, gap=12)
        body = row((left, 6), (self.card, 5), gap=16)
        self._page = column(self._head, (body, 1), gap=8, margins=PAGE_MARGINS)
        self.setLayout(self._page)
        self._make_acts()
        self.gateway.restored.connect(self._on_restored)
        look.follow(self.relook)

    def sale_in_view(self) -> int | None:
        """The bill just charged, while nothing is on the ticket: what a complaint at the counter is about."""
        last = None if self.basket.lines else self.desk.gateway.read(till.last_bill)
        bill = None if last is None else self.desk.gateway.read(sales.sale, last).row
        return last if bill and self.desk.now() - bill.at <= ON_THE_SPOT else None

    def _build_head(self) -> None:
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.park = Button("", "quiet", icon="ph.pause", key="F7")
        self.list = Button("", "quiet", icon="ph.package", key="Ctrl+G")
        self.list.clicked.connect(lambda: self.desk.ask(ShowGoods()))
        self.back, self.close_button = Button("", "quiet", icon="ph.arrow-u-up-left"), Button("", "quiet")
        title = row(self.title, (self.context, 1), gap=12)
        self._head = box(row((title, 1), self.close_button, self.list, self.back, self.park, gap=4))

    def _build_goods(self) -> None:
        self.goods = Goods(self.desk)
        self.scan, self.shelf = self.goods.scan, self.goods.shelf
        self.see = Button("", "secondary", size="small")
        self.brake = Notice(hue="red", icon="ph.hand-palm", act=self.see)
        self.brake.hide()
        self.goods.taken.connect(self._on_taken)
        self.goods.priced.connect(self._on_priced)
        self.goods.counted.connect(self._on_counted)
        self.goods.coupon.connect(self._on_coupon)
        self.scan.stepped.connect(self._on_step)
        self.scan.moved.connect(self._on_move)
        self.scan.removed.connect(self._on_remove)
        self.see.clicked.connect(self._on_see)

    def _build_ticket(self) -> None:
        self.card = ticket = TicketCard(self.desk)
        self.buyer, self.lines, self.points, self.holdings = ticket.buyer, ticket.lines, ticket.points, ticket.holdings
        self.sums, self.payment, self.charge = ticket.sums, ticket.payment, ticket.charge
        self.buyer.chosen.connect(self._on_buyer)
        self.buyer.see.clicked.connect(self._on_see)
        self.buyer.change_asked.connect(self.buyer.enter)
        self.lines.chosen.connect(self._on_line)
        self.lines.changed.connect(self._on_line_step)
        self.lines.removed.connect(self._on_line_remove)
        self.points.asked.connect(self._on_points)
        self.holdings.changed.connect(self.show_bill)
        self.sums.discounted.connect(self._on_discount)
        self.payment.changed.connect(self.show_bill)
        self.payment.split_asked.connect(self._on_split)
        for done in (self.points.done, self.payment.done):
            done.connect(self._rest)
        self.sums.discount.returnPressed.connect(self._on_discount_entered)

    def _make_acts(self) -> None:
        act(self, "till.scan", lambda: self.tr("Scan field"), self._rest, key="F3", icon_name="ph.barcode")
        act(self, "till.buyer", lambda: self.tr("Choose the customer"), self.buyer.enter, key="F4", icon_name="ph.user")
        act(self, "till.points", lambda: self.tr("Use points"), self._enter_points, key="F6", icon_name="ph.coin")
        act(self, "till.held", lambda: self.tr("Use cards and coupons"), self._enter_held, key="Ctrl+U")
        act(
            self,
            "till.card",
            lambda: self.tr("Sell a card or top up"),
            self._on_card,
            key="Ctrl+T",
            icon_name="ph.wallet",
        )
        act(
            self,
            "till.discount",
            lambda: self.tr("Discount"),
            self.card.enter_discount,
            key="Ctrl+D",
            icon_name="ph.tag",
        )
        act(self, "till.split", lambda: self.tr("Split the payment"), self._on_split, key="Alt+0")
        for place in range(1, 10):
            said = partial(self._method_words, place)
            act(self, f"till.method{place}", said, partial(self.payment.choose, place), key=f"Alt+{place}")
        self.return_act = act(self, "till.return", lambda: self.tr("Return"), self._on_return, key="F9")
        act(self, "till.slip", lambda: self.tr("Last slip"), self.errands.last_slip, key="F11", icon_name="ph.printer")
        self.close_act = act(
            self,
            "till.close",
            lambda: self.tr("Close the day"),
            self.errands.close_day,
            key="Ctrl+E",
            icon_name="ph.wallet",
        )
        self.park_act = act(self, "till.park", self._park_words, self._on_park, key="F7", icon_name="ph.pause")
        self.charge_act = act(self, "till.charge", lambda: self.tr("Charge"), self._on_charge, key="Ctrl+Return")
        self.charge_act.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        act(self, "till.back", lambda: self.tr("Back to the scan field"), self._on_back, key="Esc")
        self.park.set_action(self.park_act)
        self.back.set_action(self.return_act)
        self.close_button.set_action(self.close_act)
        self.close_act.setVisible(self.gateway.may(till.close_day))
        self.charge.set_action(self.charge_act)

    # words

    def retranslate(self) -> None:
        self.title.setText(self.tr("Till"))
        self.list.setText(self.tr("List of goods"))
        for see in (self.see, self.buyer.see):
            see.setText(self.tr("See complaints"))
        self.goods.retranslate()
        self.card.retranslate()
        retranslate_acts(self)

    def relook(self) -> None:
        self.card.relook()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Large text on a small screen: the air gives way, and the shelf to the ticket; nothing of the ticket does."""
        low, narrow = self.window().height() < px(LOW), px(TINY) <= self.width() < px(NARROW)
        self._head.setFixedHeight(px(LOW_HEAD if low else PAGE_HEAD))
        self._page.set_margins(LOW_MARGINS if low else PAGE_MARGINS)
        self.card.set_room(low=low, narrow=narrow)
        self._low = low
        self._show_brake()
        self._page.activate()

    def _park_words(self) -> str:
        if not self.basket.empty or not self._waiting:
            return self.tr("Park")
        return self.tr("Take up (%n)", "", self._waiting)

    # showing

    def reload(self) -> None:
        self._let_go()
        self._waiting = len(self.gateway.read(till.parked))
        self.payment.show_methods(self.gateway.read(sales.methods))
        self.goods.reload(self.basket)
        self.show_bill()
        self._show_day()
        if self.window().focusWidget() is None:
            self._rest()

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().showEvent(event)
        self._rest()

    def sell_to(self, customer_id: int | None) -> None:
        """Open the till for this customer; a ticket that is somebody else's is parked first."""
        other = self.basket.customer_id not in (None, customer_id)
        if customer_id is not None:
            if other and not self.basket.empty:
                self._put_aside(self.tr("The open ticket was parked"))
            self.basket.customer_id = customer_id
            self.basket.points = 0
        self.show_bill()
        self._rest()

    def take(self, product_id: int) -> None:
        """Put an article on the ticket, as if it had been scanned here."""
        self._on_taken(product_id)

    def take_scanned(self, found: Request) -> bool:
        """A member card is the buyer of this ticket."""
        if not isinstance(found, OpenCustomer):
            return False
        self._on_buyer(found.customer_id)
        return True

    def show_bill(self) -> None:
        """Work the ticket out anew and show all of it in one go."""
        bill = self.gateway.read(till.quote, self.basket.ticket(), at=self.desk.now())
        self._bill = bill
        keep(self.gateway.path, self.basket)
        offers = self.gateway.read(till.offers, bill, self.basket.ticket(), at=self.desk.now())
        self.card.show_bill(bill, offers, self.basket)
        self._show_brake()
        self.charge_act.setEnabled(not self.basket.empty)
        self.park_act.setEnabled(not self.basket.empty or self._waiting > 0)
        retranslate_acts(self)
        tip = self.tr("There is nothing on the ticket yet")
        for button in (self.charge, self.park):
            button.setToolTip("" if button.isEnabled() else tip)

    def _show_brake(self) -> None:
        """Beside the shelf; in a low window the ticket alone says it, and offers the act."""
        buyer = None if self._bill is None else self._bill.buyer
        braked = buyer is not None and bool(buyer.cases)
        held_back = self.tr("**A complaint is open**: nothing is suggested here. Ask first how it stands.")
        self.brake.show_notice(held_back if braked and not self._low else "")
        self.buyer.see.setVisible(self._low)

    def _show_day(self) -> None:
        day = self.desk.today()
        so_far = self.gateway.read(sales.day_sales, day)
        number = self.tr("Sale {number}").replace("{number}", self.gateway.read(sales.next_number, day))
        today = self.tr("today %n sale(s)", "", so_far.bills)
        self.context.setText(f"{number} · {today} {self.desk.money(so_far.net, drop_zeros=True)}")

    # the ticket

    def _changed(self) -> None:
        self.show_bill()
        self.goods.show_shelf(self.basket)

    def _on_taken(self, product_id: int, quantity: int = ONE) -> None:
        self.basket.add_product(product_id, quantity)
        self._taken_in()

    def _on_counted(self, quantity: int) -> None:
        if not self.basket.set_quantity(quantity):
            self.desk.tell(self.tr("Choose a line first: the quantity is for the chosen one"))
        self._taken_in()

    def _on_priced(self, unit_price: int) -> None:
        self.basket.add_open(unit_price)
        self._taken_in()

    def _taken_in(self) -> None:
        self.scan.clear()
        self._changed()
        self._rest()

    def _on_step(self, step: int) -> None:
        self.basket.change(step * ONE)
        self._changed()

    def _on_move(self, step: int) -> None:
        self.basket.step(step)
        self.show_bill()

    def _on_remove(self) -> None:
        self.basket.remove()
        self._changed()

    def _on_line(self, place: int) -> None:
        self.basket.chosen = place

    def _on_line_step(self, place: int, step: int) -> None:
        self.basket.chosen = place
        self._on_step(step)

    def _on_line_remove(self, place: int) -> None:
        self.basket.chosen = place
        self._on_remove()

    def _on_buyer(self, customer_id: int | None) -> None:
        self.basket.customer_id, self.basket.points, self.basket.uses = customer_id, 0, ()
        self._rest()
        self.show_bill()

    def _on_coupon(self, code: str) -> None:
        """A coupon was typed or scanned: it is on the ticket, or the reason why not is said."""
        before = self.basket.coupons
        self.basket.coupons = (*before, code)
        self.scan.clear()
        bill = self.gateway.read(till.quote, self.basket.ticket(), at=self.desk.now())
        if bill.problem is not None and len(bill.coupons) <= len(before):
            self.basket.coupons = before
            self.desk.tell(sentence(bill.problem, look.current().language))
        self._changed()
        self._rest()

    def _enter_held(self) -> None:
        if not self.holdings.isVisible() or not self.holdings.enter():
            self.desk.tell(self.tr("Nothing that this customer holds applies to the ticket"))

    def _on_see(self) -> None:
        self.desk.ask(OpenPlace("complaints"))

    def _on_card(self) -> None:
        if self.basket.customer_id is None:
            self.desk.tell(self.tr("Choose the customer first: a card belongs to somebody"))
            self.buyer.enter()
            return
        dialog = CardSaleDialog(self.desk, self)
        dialog.chosen.connect(self._on_card_chosen)
        dialog.present()

    def _on_card_chosen(self, card: till.CardSale) -> None:
        self.basket.cards = (*self.basket.cards, card)
        self._changed()

    def _on_points(self, points: int) -> None:
        self.basket.points = points
        self.show_bill()

    def _on_discount(self, minor: int) -> None:
        self.basket.discount = minor
        self.show_bill()

    def _on_discount_entered(self) -> None:
        """What cannot be taken off is said where one still is; else on to the next article."""
        field = self.sums.discount
        if said := field.check() or field.error():
            self.desk.decline(said)
            field.selectAll()
        else:
            self._rest()

    def _on_split(self) -> None:
        self.errands.split(self._bill.due if self._bill else 0, self.basket.payments)

    def _on_return(self) -> None:
        self.errands.take_return(self.basket.customer_id)

    def _on_splitted(self, payments: tuple[Paid, ...]) -> None:
        self.basket.payments = payments
        self.basket.payment = payments[0].method
        self.show_bill()
        self._rest()

    def _enter_points(self) -> None:
        if not self.card.enter_points():
            self.desk.tell(self.tr("There are no points to use on this ticket"))

    def _on_park(self) -> None:
        if not self.basket.empty:
            self._put_aside(self.tr("Parked"))
        else:
            self.errands.choose_parked(self.park)
        self._changed()
        self._rest()

    def _on_chosen_parked(self, parked_id: int) -> None:
        taken = self.gateway.write(till.take_up, parked_id)
        if taken is not None:
            self.basket = Basket.taken_up(taken)
            self._let_go()
        self._changed()
        self._rest()

    def _put_aside(self, said: str) -> None:
        """Park the open ticket. Undo takes it off the list again: it is said, not offered."""
        basket, now = self.basket, self.desk.now()
        if self.gateway.write(till.park, basket.ticket(), operation_id=basket.operation_id, at=now) is not None:
            self.desk.tell(said)
            self.basket = Basket(payment=basket.payment)
            self._waiting += 1

    def _on_charge(self) -> None:
        """Post the ticket; what was refused stays on the counter."""
        if self.basket.empty or self._bill is None:
            return
        said = self.tr("Sold for {money}").replace("{money}", self.desk.money(self._bill.due))
        done = self.gateway.write(
            till.sell,
            self.basket.paying(self._bill.due),
            operation_id=self.basket.operation_id,
            at=self.desk.now(),
            said=said,
        )
        if done is not None:
            self.basket = Basket(payment=self.basket.payment)
            self.scan.clear()
            self._changed()
            self.errands.posted(done.sale_id)
        elif self.gateway.read(till.quote, self.basket.ticket(), at=self.desk.now()).due != self._bill.due:
            self._changed()
        self._rest()

    def _found_basket(self) -> Basket:
        """The ticket this computer was at when it stopped, unless it was charged before anybody could see it."""
        kept = kept_basket(self.gateway.path)
        if kept is None:
            return Basket()
        number = self.gateway.read(till.charged, kept.operation_id)
        if number:
            said = self.tr("The open ticket was charged before the program stopped: sale {number}")
            self.desk.tell(said.replace("{number}", number))
            return Basket(payment=kept.payment)
        return kept

    def _let_go(self) -> None:
        """Somebody, or an article, may have been undone or removed while on the ticket."""
        if self.basket.keep_only(self.gateway.read(till.still_known, self.basket.ticket())):
            self.desk.tell(self.tr("What the shop no longer knows was taken off the ticket"))

    def _on_restored(self) -> None:
        """The numbers on the ticket may name other people and other goods in the shop as it was."""
        if not self.basket.empty:
            self.desk.tell(self.tr("The shop is as it was then: the open ticket was taken off the counter"))
        self.basket = Basket(payment=self.basket.payment)
        self._changed()

    def _method_words(self, place: int) -> str:
        """Empty where the shop has no method in that place: then no list of keys names the act."""
        known = self.payment.known
        if place > len(known):
            return ""
        name = method_name(known[place - 1].code, known[place - 1].name)
        return self.tr("Pay by {method}").replace("{method}", name)

    def _on_back(self) -> None:
        """One step back, and never the ticket."""
        if not self.goods.back():
            self.show_bill()

    def _rest(self) -> None:
        self.goods.rest()
