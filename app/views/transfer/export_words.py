"""What the export says of what can be written out, into which kind of file, and what for."""

from PySide6.QtCore import QCoreApplication


def kind(code: str) -> str:
    """What is written."""
    return {
        "customers": QCoreApplication.translate("Export", "Customers"),
        "sales": QCoreApplication.translate("Export", "Sales"),
        "products": QCoreApplication.translate("Export", "Products"),
        "interactions": QCoreApplication.translate("Export", "Contacts made"),
        "complaints": QCoreApplication.translate("Export", "Complaints"),
        "points": QCoreApplication.translate("Export", "Points"),
        "followups": QCoreApplication.translate("Export", "Follow-ups"),
        "archive": QCoreApplication.translate("Export", "The whole shop"),
    }[code]


def ending(code: str) -> str:
    """A kind of file, by its ending."""
    return {
        ".xlsx": QCoreApplication.translate("Export", "Excel (.xlsx)"),
        ".csv": QCoreApplication.translate("Export", "CSV (.csv)"),
        ".vcf": QCoreApplication.translate("Export", "Contact cards (.vcf)"),
        ".ics": QCoreApplication.translate("Export", "Calendar (.ics)"),
        ".zip": QCoreApplication.translate("Export", "Archive (.zip)"),
    }[code]


def about(ending: str) -> str:
    """What such a file is good for."""
    return {
        ".xlsx": QCoreApplication.translate(
            "Export", "Opens in Excel, Numbers and WPS; phones and numbers stay as they are. Can be imported again."
        ),
        ".csv": QCoreApplication.translate("Export", "A plain table for any program. Can be imported again."),
        ".vcf": QCoreApplication.translate("Export", "For phones and mail programs: open the file there to add them."),
        ".ics": QCoreApplication.translate("Export", "For calendars on phones and computers: open the file there."),
        ".zip": QCoreApplication.translate(
            "Export",
            "Everything in open files: one table each, with a list that proves them. Makes an equal shop again.",
        ),
    }[ending]
