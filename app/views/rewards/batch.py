"""Making codes for whoever bears them, and the sheet they are printed on."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.domain.rewards.codes import shown_code
from app.services import rewards
from app.services.rewards import Coupon, KindRow
from app.views.shared import reward_words
from app.views.shared.codes import paint_squares
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.number_fields import WholeField
from app.views.shared.paper import A4, Grid, Paint, letters, say
from app.views.shared.sheet_dialog import SheetDialog

MOST = 2000
SLIPS = Grid("a4-10", A4, 2, 5, (90, 52), (5, 3), marks=True)
SMALL = Grid("a4-21", A4, 3, 7, (63, 38), (3, 2), marks=True)
EDGE = 30
"""Tenths of a millimetre that stay white around a coupon."""


class BatchDialog(Dialog):
    """How many codes; Enter makes them and shows the sheet."""

    def __init__(self, desk: Desk, parent: QWidget, kind: KindRow) -> None:
        super().__init__(parent, width=480)
        self._desk, self._kind, self._operation, self._asked = desk, kind, uuid4().hex, parent
        self.form = Form()
        self.form.add("count", "", WholeField(1, MOST))
        self.form.field("count").set_value("20")
        self.set_form(self.form)
        self._word()
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Make codes"), self._kind.draft.name)
        self.set_note(self.tr("Whoever has a code may use it"))
        self.form.set_label("count", self.tr("How many"))
        self.form.field("count").set_unit(self.tr("codes"))
        self.primary.setText(self.tr("Make and print"))

    def _on_submitted(self) -> None:
        count = self.form.field("count").value()
        said = self.tr("%n code(s) made", "", count)
        codes = self._desk.gateway.write(
            rewards.issue_batch, self._kind.id, count, operation_id=self._operation, at=self._desk.now(), said=said
        )
        if codes is not None:
            made = self._desk.gateway.read(rewards.coupons_of_kind, self._kind.id, limit=len(codes))
            self.accept()
            open_sheet(self._desk, self._asked, self._kind, [one for one in reversed(made) if one.code in codes])


class CouponSheet(SheetDialog):
    """Each coupon with what it gives, for what, until when, its code and a QR code for the scanner."""

    def __init__(self, desk: Desk, parent: QWidget, kind: KindRow, coupons: Sequence[Coupon]) -> None:
        grids = [
            (SLIPS, QCoreApplication.translate("Rewards", "10 on a page")),
            (SMALL, QCoreApplication.translate("Rewards", "21 on a page")),
        ]
        super().__init__(desk, parent, grids, "coupons.pdf")
        self._kind, self._coupons = kind, coupons
        self.set_title(self.tr("Print coupons"), self.tr("%n coupon(s)", "", len(coupons)))
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        return [partial(self._paint, one) for one in self._coupons], 0

    def _paint(self, one: Coupon, p: QPainter, cell: QRectF) -> None:
        """What it gives stands large; the code beneath it, the squares at the right, the shop at the foot."""
        room = cell.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        side = min(room.height() * 0.62, room.width() * 0.36)
        wide, high, left, top = room.width() - side - EDGE / 2, room.height(), room.left(), room.top()
        given = reward_words.benefit(one.terms, self._kind.article, self._desk)
        say(p, QRectF(left, top, wide, high * 0.28), given, letters(high * 0.2, bold=True))
        say(p, QRectF(left, top + high * 0.28, wide, high * 0.16), one.name, letters(high * 0.1))
        more = " · ".join(filter(None, (reward_words.conditions(one.terms, self._desk), self._until(one))))
        say(p, QRectF(left, top + high * 0.44, wide, high * 0.16), more, letters(high * 0.09))
        say(
            p, QRectF(left, top + high * 0.64, wide, high * 0.18), shown_code(one.code), letters(high * 0.14, bold=True)
        )
        say(
            p, QRectF(left, top + high * 0.84, room.width(), high * 0.16), self._desk.settings.name, letters(high * 0.1)
        )
        paint_squares(p, QRectF(room.right() - side, top, side, side), one.code)
        p.setPen(Qt.GlobalColor.black)

    def _until(self, one: Coupon) -> str:
        return reward_words.until(one.last, self._desk.today()) if one.last else ""


def open_batch(desk: Desk, parent: QWidget, kind: KindRow) -> BatchDialog:
    dialog = BatchDialog(desk, parent, kind)
    dialog.present()
    return dialog


def open_sheet(desk: Desk, parent: QWidget, kind: KindRow, coupons: Sequence[Coupon]) -> CouponSheet:
    """Show these coupons as they will be printed."""
    dialog = CouponSheet(desk, parent, kind, coupons)
    dialog.present()
    return dialog
