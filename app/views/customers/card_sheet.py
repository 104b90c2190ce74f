"""A card on one page of paper: who they are, the facts in two columns, and what they bought last."""

from html import escape

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument

from app.services import customers
from app.services.customers import Card, Kind
from app.views.customers.fact_lines import FactView
from app.views.customers.fact_views import Told, pins, views
from app.views.customers.fact_words import section_words
from app.views.customers.words import entry_view, joined
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.people_words import on_day, tier_name

WIDE = 720
"""The width of the page in the measure of the document; its letters are 13 high, smaller where more is said."""
SALES, LETTERS = 12, (13, 12, 11, 10, 9, 8, 7)
_SHEET = """
h1 {{ font-size: {big}px; margin: 0; }} p {{ margin: 0 0 2px 0; }} .q {{ color: dimgray; }}
h2 {{ font-size: {letter}px; margin: 10px 0 3px 0; }} td {{ padding: 0 14px 3px 0; }} hr {{ margin: 6px 0; }}
"""


class CardSheet:
    """What stands on the page; painted on paper, into a PDF, or as the preview, all the same way."""

    def __init__(self, desk: Desk, told: Told) -> None:
        self._desk, self._told = desk, told
        kinds = frozenset({Kind.SALE})
        self._sales = desk.gateway.read(customers.opened, told.card.id, desk.today(), kinds, SALES).entries

    def paint(self, p: QPainter, page: QRectF) -> None:
        """Fill a page, the margins already taken off; what is much is written smaller, never on a second page."""
        document, scale = self.fitted(page.size())
        p.save()
        p.translate(page.topLeft())
        p.scale(scale, scale)
        ink = QAbstractTextDocumentLayout.PaintContext()
        ink.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # paper has no dark theme
        document.documentLayout().draw(p, ink)
        p.restore()

    def words(self) -> str:
        """All that is on the page, as plain words."""
        return self._document(LETTERS[0]).toPlainText()

    def fitted(self, room: QSizeF) -> tuple[QTextDocument, float]:
        """The page, and by how much it is drawn larger than it is: as wide as the room, and never higher."""
        scale = room.width() / WIDE
        for letter in LETTERS:
            document = self._document(letter)
            if document.size().height() * scale <= room.height():
                break
        return document, min(scale, room.height() / document.size().height())

    def _document(self, letter: int) -> QTextDocument:
        document = QTextDocument()
        font = look.font("body")
        font.setPixelSize(letter)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(_SHEET.format(letter=letter + 1, big=letter + 11))
        document.setHtml(self._html())
        document.setTextWidth(WIDE)
        document.setPageSize(QSizeF(WIDE, -1))
        return document

    def _html(self) -> str:
        card = self._told.card
        left, right = self._columns(card)
        today = on_day(self._desk.today(), self._desk.today().replace(year=1))
        foot = joined(self._desk.settings.name, today)
        return (
            f"<h1>{escape(card.name)}</h1><p class='q'>{escape(self._line(card))}</p><hr>"
            f"<table width='100%'><tr><td width='50%'>{left}</td><td width='50%'>{right}</td></tr></table>"
            f"{self._bought()}<hr><p class='q'>{escape(foot)}</p>"
        )

    def _line(self, card: Card) -> str:
        year = QCoreApplication.translate("CardSheet", "{money} in 12 months")
        points = QCoreApplication.translate("CardSheet", "{points} points").replace("{points}", f"{card.points:,}")
        spent = year.replace("{money}", self._desk.money(card.year_spend, drop_zeros=True))
        return joined(tier_name(card.tier), points, spent)

    def _columns(self, card: Card) -> tuple[str, str]:
        """The headings with their lines, in reading order, both columns about as long."""
        blocks = [(QCoreApplication.translate("CardSheet", "Remember"), pins(card))]
        blocks += [(section_words(name), lines) for name, lines in views(self._told).items()]
        filled = [(title, lines) for title, lines in blocks if lines]
        half, left, right = sum(len(lines) + 2 for _, lines in filled) / 2, "", ""
        so_far = 0
        for title, lines in filled:
            said = _block(title, lines)
            left, right = (left + said, right) if so_far < half else (left, right + said)
            so_far += len(lines) + 2
        return left, right

    def _bought(self) -> str:
        if not self._sales:
            return ""
        title = QCoreApplication.translate("CardSheet", "Bought last")
        shown = [entry_view(entry, self._desk, {}) for entry in self._sales]
        lines = "".join(
            f"<tr><td>{escape(view.when)}</td><td>{escape(view.title)}</td>"
            f"<td align='right'>{escape(view.amount)}</td></tr>"
            for view in shown
        )
        return f"<h2>{escape(title)}</h2><table width='100%'>{lines}</table>"


def _block(title: str, lines: list[FactView]) -> str:
    said = "".join(
        f"<p>{escape(line.words)} <span class='q'>{escape(line.caption)}</span></p>".replace("\n", "<br>")
        for line in lines
    )
    return f"<h2>{escape(title)}</h2>{said}"
