"""The first minutes: one page, every answer already filled in; then the old spreadsheet, a sample shop, or nothing."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.money import currency
from app.views.shared import look
from app.views.shared.actions import act
from app.views.shared.avatars import IconDisc
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import FieldBox, LineEdit
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.naming import name_parts
from app.views.shared.tokens import Hue
from app.views.shell.rail import Seal

WIDEST = 760
CURRENCIES = ("CNY", "HKD", "SGD", "USD", "EUR")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the page was left with. `path` is where the shop file will lie."""

    name: str
    currency: str
    opens: time
    closes: time
    path: Path


def default_folder() -> Path:
    """The documents folder, under the program's name."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "Regulars"


class Answer(QWidget):
    """One line of the page: what is asked and why, and the field."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.asked, self.why = PlainLabel("", "strong"), PlainLabel("", "caption", tone="ink2")
        left = box(column(self.asked, self.why, None, gap=0))
        self._left = left
        self.setLayout(row(left, (field, 1), gap=16))
        look.follow(self.relook)

    def relook(self) -> None:
        self._left.setFixedWidth(px(168))

    def say(self, asked: str, why: str) -> None:
        self.asked.setText(asked)
        self.why.setText(why)
        name_parts(self, asked)


class Way(QWidget):
    """One way to begin: icon, what it is, and its button."""

    def __init__(self, icon: str, button: Button, hue: Hue | Literal[""] = "") -> None:
        super().__init__()
        self.title, self.why = PlainLabel("", "strong"), ElidedLabel("", "small", tone="ink2")
        self.button = button
        disc = IconDisc(icon, 40, hue)
        self.setLayout(row(disc, (box(column(self.title, self.why, gap=0)), 1), button, gap=14))

    def say(self, title: str, why: str, act: str) -> None:
        self.title.setText(title)
        self.why.setText(why)
        self.button.setText(act)


class FirstRun(QWidget):
    """Says how the person wants to begin; makes nothing itself."""

    import_wanted = Signal(object, str)
    sample_wanted = Signal()
    empty_wanted = Signal(object)
    language_wanted = Signal(object)
    theme_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._folder = default_folder()
        self.language, self.theme = Chips(size="form"), Chips(size="form")
        self.name, self.opens, self.closes = LineEdit(), LineEdit(), LineEdit()
        self.currency = Chips(size="form")
        self.name_box = FieldBox(self.name)
        self.hours_box = FieldBox(box(row(self.opens, PlainLabel("–"), self.closes, None)))
        self.title, self.promise = PlainLabel("", "title"), PlainLabel("", "small", tone="ink2")
        self.answers = [
            Answer(box(row(self.language, None, self.theme))),
            Answer(self.name_box),
            Answer(self.hours_box),
            Answer(box(row(self.currency, None))),
        ]
        self.bring, self.sample, self.empty = (
            Way("ph.table", Button(kind="primary"), "accent"),
            Way("ph.storefront", Button()),
            Way("ph.user-plus", Button()),
        )
        self.where, self.elsewhere = ElidedLabel("", "caption", tone="ink2"), Button(kind="link", size="small")
        self._build()
        self._connect()
        self.opens.set_value("09:00")
        self.closes.set_value("21:00")
        self.retranslate()

    def _build(self) -> None:
        head = row(Seal(48), (box(column(self.title, self.promise, gap=2)), 1), gap=14)
        foot = row((self.where, 1), self.elsewhere)
        card = Card(
            head,
            Rule(),
            *self.answers,
            Rule(),
            self.bring,
            Rule(),
            self.sample,
            Rule(),
            self.empty,
            foot,
            gap=14,
            margins=(32, 28, 32, 20),
        )
        self._card = card
        self._scroll = Scroll(box(column(None, row(None, (card, 100), None), None, margins=16)))
        self.setLayout(column((self._scroll, 1)))
        look.follow(self.relook)

    def _connect(self) -> None:
        self.language.chosen.connect(self.language_wanted)
        self.theme.chosen.connect(self.theme_wanted)
        self.name.changed.connect(lambda _value: self._show_where())
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.bring.button.clicked.connect(self._on_bring)
        self.sample.button.clicked.connect(self.sample_wanted)
        self.empty.button.clicked.connect(self._on_empty)
        for key, way in (("Ctrl+Return", self.bring), ("Ctrl+2", self.sample), ("Ctrl+3", self.empty)):
            way.button.set_key(key)
            act(self, f"first.{key}", way.button.text, way.button.click, key=key)

    def relook(self) -> None:
        self._card.setMaximumWidth(px(WIDEST))

    def answers_given(self) -> Answers | None:
        """What the page says, or None when a field must be mended first (the sentence stands under it)."""
        name = str(self.name.value()).strip()
        self.name_box.set_error("" if name else self.tr("Every shop needs a name; you can change it later."))
        opens, closes = read_time(str(self.opens.value())), read_time(str(self.closes.value()))
        wrong = opens is None or closes is None or opens == closes
        self.hours_box.set_error(self.tr("Write two times such as 09:00 and 21:00.") if wrong else "")
        if not name or opens is None or closes is None or wrong:
            (self.opens if name else self.name).setFocus()
            return None
        return Answers(name, str(self.currency.value()), opens, closes, self._path(name))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Welcome to Regulars"))
        self.promise.setText(self.tr("Ready in five minutes. Your data stay on this computer: no account, no network."))
        self._say_answers()
        self.bring.say(
            self.tr("Bring the old spreadsheet in"),
            self.tr("Excel or CSV; shown to you before anything is kept, and undone as a whole"),
            self.tr("Choose a file…"),
        )
        self.sample.say(
            self.tr("Look around a sample shop"),
            self.tr("400 invented customers and two years of sales"),
            self.tr("Open the sample shop"),
        )
        self.empty.say(
            self.tr("Begin with an empty shop"),
            self.tr("The first customer needs only a name"),
            self.tr("Begin"),
        )
        self.elsewhere.setText(self.tr("Elsewhere…"))
        self._show_where()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.colour("canvas"))
        p.end()

    def _say_answers(self) -> None:
        now = look.current()
        self.language.show_chips([ChipView("zh_CN", "简体中文"), ChipView("en", "English")])
        self.language.set_value(now.language)
        self.theme.show_chips(
            [
                ChipView("light", self.tr("Light"), icon="ph.sun"),
                ChipView("dark", self.tr("Dark"), icon="ph.moon"),
                ChipView("system", self.tr("Like the system"), icon="ph.monitor"),
            ]
        )
        self.theme.set_value(now.theme.value)
        chosen = self.currency.value() or CURRENCIES[0]
        self.currency.show_chips([ChipView(code, f"{currency(code).sign} {code}") for code in CURRENCIES])
        self.currency.set_value(chosen)
        said = (
            (self.tr("Language and look"), self.tr("Changed at any time")),
            (self.tr("Name of the shop"), self.tr("Stands on slips and cards")),
            (self.tr("Opening hours"), self.tr("Complaint clocks run in these")),
            (self.tr("Currency"), self.tr("One for the whole shop")),
        )
        for answer, (asked, why) in zip(self.answers, said, strict=True):
            answer.say(asked, why)
        self.name.setPlaceholderText(self.tr("For example Cloudrest Tea"))
        if not self.name.isModified():
            self.name.set_value(self.tr("My shop"))
            self.name.selectAll()

    def _path(self, name: str) -> Path:
        safe = "".join(char for char in name if char not in '<>:"/\\|?*').strip(" .") or "shop"
        return self._folder / safe / f"{safe}.shop"

    def _show_where(self) -> None:
        name = str(self.name.value()).strip() or self.tr("name")
        self.where.setText(
            self.tr("The shop file will be {path}, copied automatically every day").replace(
                "{path}", str(self._path(name))
            )
        )

    def _on_elsewhere(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where to keep the shop"), str(self._folder))
        if folder:
            self._folder = Path(folder)
            self._show_where()

    def _on_bring(self) -> None:
        if answers := self.answers_given():
            path, _ = QFileDialog.getOpenFileName(
                self,
                self.tr("Choose the old spreadsheet"),
                "",
                self.tr("Spreadsheets and contacts (*.csv *.txt *.xlsx *.vcf)"),
            )
            if path:
                self.import_wanted.emit(answers, path)

    def _on_empty(self) -> None:
        if answers := self.answers_given():
            self.empty_wanted.emit(answers)


def read_time(words: str) -> time | None:
    """09:00, 9:00 or 9 as a time of day; None for anything else."""
    hours, _, minutes = words.strip().replace("：", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
