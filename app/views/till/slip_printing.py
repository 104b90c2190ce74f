"""Printing a slip by itself after a sale, on the printer this computer uses."""

from PySide6.QtCore import QCoreApplication

from app.services import till
from app.views.shared.desk import Desk
from app.views.shared.paper import layout_of, print_to
from app.views.shared.slip_sheet import SlipSheet
from app.views.till.slip_rows import slip_rows


def print_slip(desk: Desk, bill_id: int) -> bool:
    """Print the slip of a bill without asking; whether it was sent. Where there is no printer, that is told."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    usual = QPrinterInfo.defaultPrinter()
    if usual.isNull():
        desk.tell(QCoreApplication.translate("Slips", "No printer is set up on this computer; F11 shows the slip"))
        return False
    sheet = SlipSheet(slip_rows(desk.gateway.read(till.slip, bill_id, at=desk.now()), desk), desk.settings.slip_paper)
    printer = QPrinter(usual, QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(layout_of(sheet.grid))
    print_to(sheet.sheets(), printer)
    return True
