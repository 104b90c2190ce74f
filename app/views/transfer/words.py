"""What the steps of an import say of kinds, fields, encodings, reasons and troubles, in the language on screen."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.domain.errors import CodedError
from app.resources import refusals
from app.resources import transfer as shared
from app.services.transfer import ColumnsMissing, Kind, KnownBy, Plan, Rejection
from app.views.shared import look

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "shift_jis", "euc_kr", "cp1252", "cp1251", "latin-1")
DELIMITERS = (",", ";", "\t", "|")


def kind(value: Kind) -> str:
    """What a file holds."""
    return {
        Kind.CUSTOMERS: QCoreApplication.translate("Import", "Customers"),
        Kind.SALES: QCoreApplication.translate("Import", "Past sales"),
        Kind.PRODUCTS: QCoreApplication.translate("Import", "Products"),
        Kind.INTERACTIONS: QCoreApplication.translate("Import", "Contacts made"),
        Kind.COMPLAINTS: QCoreApplication.translate("Import", "Complaints"),
        Kind.FOLLOWUPS: QCoreApplication.translate("Import", "Follow-ups"),
        Kind.POINTS: QCoreApplication.translate("Import", "Opening balances"),
    }[value]


def encodings(found: str) -> list[tuple[str, str]]:
    """The choice of encodings, the one found among them."""
    return [(name, _encoding(name)) for name in dict.fromkeys((found, *ENCODINGS)) if name]


def _encoding(name: str) -> str:
    return {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8",
        "gb18030": QCoreApplication.translate("Import", "GB18030, Chinese"),
        "big5hkscs": QCoreApplication.translate("Import", "Big5, traditional Chinese"),
    }.get(name, name.upper().replace("_", "-"))


def delimiters(found: str) -> list[tuple[str, str]]:
    """The choice of signs that part cells, the one found among them."""
    return [(sign, _delimiter(sign)) for sign in dict.fromkeys((found, *DELIMITERS)) if sign]


def _delimiter(sign: str) -> str:
    return {
        ",": QCoreApplication.translate("Import", "comma"),
        ";": QCoreApplication.translate("Import", "semicolon"),
        "\t": QCoreApplication.translate("Import", "tab"),
        "|": QCoreApplication.translate("Import", "stroke |"),
        " ": QCoreApplication.translate("Import", "blank"),
    }.get(sign, sign)


def date_orders() -> list[tuple[str, str]]:
    """The choice of orders, by an example."""
    return [
        ("ambiguous", QCoreApplication.translate("Import", "Please choose")),
        ("ymd", QCoreApplication.translate("Import", "year, month, day")),
        ("dmy", QCoreApplication.translate("Import", "day, month, year")),
        ("mdy", QCoreApplication.translate("Import", "month, day, year")),
    ]


def field(name: str) -> str:
    """What a column is for."""
    return shared.field(name, look.current().language)


def fields(names: Iterable[str]) -> str:
    """What a file lacks."""
    return shared.missing(names, look.current().language)


def reason(rejection: Rejection) -> str:
    """Why a row was rejected, and what to do."""
    return shared.reason(rejection.code, look.current().language)


def header(plan: Plan, place: int) -> str:
    """What stands over a column: the file's own word, for contact cards and calendars ours."""
    if plan.contacts:
        return field(plan.headers[place])
    own = next((name for name, column in plan.columns.items() if column == place), "") if plan.calendar else ""
    return field(own) if own else plan.header(place)


def kept_kind(kind: str) -> str:
    """What a row that stays is."""
    return shared.answer(kind, look.current().language)


def ways() -> list[tuple[KnownBy, str]]:
    """The choice of how known customers are found."""
    return [
        (KnownBy.AUTO, QCoreApplication.translate("Import", "by number, else by name and phone")),
        (KnownBy.PHONE, QCoreApplication.translate("Import", "by phone, where only one has it")),
        (KnownBy.NUMBER, QCoreApplication.translate("Import", "by customer number alone")),
        (KnownBy.NEW, QCoreApplication.translate("Import", "not at all: every row is new")),
    ]


def warning(code: str, count: int) -> str:
    """What was put right while reading."""
    return shared.warning(code, count, look.current().language)


def trouble(error: CodedError) -> str:
    """A refusal as one plain sentence."""
    language = look.current().language
    if isinstance(error, ColumnsMissing):
        error = ColumnsMissing(columns=shared.missing(str(error.numbers["columns"]).split(", "), language))
    return refusals.sentence(error, language)
