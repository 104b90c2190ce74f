"""A window in a process of its own: somebody writes a complaint down that is put right with points and a coupon.

They never come to save it. Called as `python -m tests.complaints.writing_process SHOP CUSTOMER COUPON`; says "kept"
once the draft is on the disk, and waits.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import open_shop
from app.views.complaints.entry import open_entry
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def main(path: str, customer: str, coupon: str) -> None:
    app = QApplication([])
    look.apply(app)
    shop = open_shop(Path(path), clock=lambda: AT)
    window = QWidget()
    window.resize(1190, 720)
    window.show()
    dialog = open_entry(Desk(Gateway(shop.work), lambda: AT), window, int(customer))
    dialog.form.what.choose_digit(2)
    QTest.keyClicks(dialog.form.said, "He shouted at my mother")
    spot = dialog.form.spot
    spot.toggle()
    for digit in (5, 4):
        spot.remedy.chips.choose_digit(digit)
    spot.asked.coupon.setCurrentText(coupon)
    QTest.keyClicks(spot.asked.points, "300")

    def look_for_it() -> None:
        if any(kept["form"]["given"].get("points") for kept in dialog.desk.gateway.drafts.known().values()):
            sys.stdout.write("kept\n")
            sys.stdout.flush()

    watch = QTimer(interval=50)
    watch.timeout.connect(look_for_it)
    watch.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
