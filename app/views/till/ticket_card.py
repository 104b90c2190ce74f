"""The open ticket as one card: who buys, the lines, what is used, the sums, and how it is paid."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.resources.refusals import sentence
from app.services import till
from app.services.till import Bill, Offers
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import CARD_MARGINS, Scroll, box, column, row
from app.views.shared.look import px
from app.views.till import words
from app.views.till.basket import ONE, Basket
from app.views.till.holdings import Holdings
from app.views.till.lines import LineView, TicketLines
from app.views.till.payment import Payment
from app.views.till.person import Buyer
from app.views.till.points import PointsBox
from app.views.till.sums import Sums

LEAST_TICKET, ROOMY_TICKET, WIDEST_TICKET = 430, 476, 560
"""Names and amounts of a ticket drift apart where it is wider; the shelf takes what is left. A roomy one has the
six methods in two lines beside the button, in either language."""
ONE_LINE, NEARLY_TWO = 58, 96
LOW_MARGINS = (16, 8, 16, 8)


class TicketCard(Card):
    """Shows a bill whole, in one go; what its parts are asked for, they say themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._narrow = desk, False
        self.buyer, self.lines = Buyer(desk), TicketLines()
        self.points, self.holdings = PointsBox(desk), Holdings(desk)
        self.sums, self.payment = Sums(desk), Payment(desk)
        self.charge = Button("", "primary", size="large")
        self._hint = PlainLabel("", "small", tone="ink3", wrap=True, align="centre")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._stack.addWidget(box(column(None, self._hint, None, margins=(24, 0, 24, 0))))
        # In a low window this part scrolls; what is to be paid, and charging it, always stay in sight.
        self._middle = Scroll(
            box(column((self._stack, 1), self.holdings, self.points, Rule(), self.sums.details)), least=NEARLY_TWO
        )
        foot = row((self.payment, 1), column(None, self.charge, None, gap=0), gap=8)
        super().__init__(self.buyer, (self._middle, 1), self.sums, self.payment.tender, foot, gap=8)

    def retranslate(self) -> None:
        self._hint.setText(self.tr("Scan, choose on the shelf, or type an amount and press Enter."))
        self.lines.setAccessibleName(self.tr("Lines of the ticket"))
        for part in (self.buyer, self.points, self.sums, self.payment):
            part.retranslate()

    def relook(self) -> None:
        self.setMinimumWidth(px(ROOMY_TICKET if self._narrow else LEAST_TICKET))
        self.setMaximumWidth(px(WIDEST_TICKET))

    def set_room(self, *, low: bool, narrow: bool) -> None:
        """Low: stand closer, and show one line at least instead of nearly two. Narrow: take room from the shelf."""
        self._narrow = narrow
        self.lines.set_least(1 if low else 2)
        self._middle.set_least(ONE_LINE if low else NEARLY_TWO)
        self.body.set_gap(4 if low else 8)
        self.body.set_margins(LOW_MARGINS if low else CARD_MARGINS)
        self.payment.set_low(low)
        self.relook()

    def show_bill(self, bill: Bill, offers: Offers, basket: Basket) -> None:
        """Show a ticket worked out, and what of the customer's cards and coupons applies to it."""
        self.buyer.show_bill(bill)
        self.lines.show_lines(self._lines(bill, len(basket.lines)), basket.chosen)
        self._stack.setCurrentIndex(1 if basket.empty else 0)
        self.holdings.show_bill(bill, offers, basket)
        self.points.setVisible(bill.buyer is not None and bill.spendable > 0 and not basket.empty)
        self.points.show_bill(bill, basket.points)
        self.sums.show_bill(bill, basket.discount)
        self.payment.show_basket(basket, bill.due)
        self._show_problem(bill)

    def enter_points(self) -> bool:
        """Give the points the keyboard; False where there are none to use."""
        if not self.points.isVisible():
            return False
        self.points.enter()
        self._middle.ensureWidgetVisible(self.points, 0, 0)
        return True

    def enter_discount(self) -> None:
        self.sums.discount.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sums.discount.selectAll()
        self._middle.ensureWidgetVisible(self.sums.discount, 0, 0)

    def _lines(self, bill: Bill, count: int) -> list[LineView]:
        """The lines of the ticket; what a card pays for is a part of its line."""
        views = []
        for place in range(count):
            whole, *parts = (line for line in bill.lines if line.place == place)
            for part in parts:
                whole = replace(
                    whole,
                    quantity=whole.quantity + part.quantity,
                    amount=whole.amount + part.amount,
                    saved=whole.saved + part.saved,
                )
            views.append(self._line(place, whole))
        return views

    def _line(self, place: int, line: till.BillLine) -> LineView:
        money = self._desk.money
        each = words.unit_price(line.unit_price, self._desk)
        saving = ""
        if line.saved:
            saving = self.tr("Member price, saves {money}").replace("{money}", money(line.saved))
            each = money(round(line.price * ONE / line.quantity))
        name = line.name or self.tr("Open amount")
        return LineView(place, name, words.quantity(line.quantity), money(line.price), each, saving)

    def _show_problem(self, bill: Bill) -> None:
        if bill.problem is None:
            self.sums.discount.set_error("")
            return
        said = sentence(bill.problem, look.current().language)
        if isinstance(bill.problem, till.DiscountTooLarge | till.DiscountNotAllowed):
            self.sums.discount.set_error(said)
            self.sums.discount.setToolTip(said)
        else:
            self.points.say_problem(said)
