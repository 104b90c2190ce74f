"""What every page of the settings is: a column of cards that scrolls, as wide as can be read."""

from PySide6.QtWidgets import QWidget

from app.views.settings.binding import SettingsForm
from app.views.shared import look
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.screen import Screen

WIDEST = 760


class SettingsPage(Screen):
    """`forms` are the forms that show settings of the shop; a page of this computer has none."""

    watches = frozenset({"settings"})
    forms: tuple[SettingsForm, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The settings of the shop this page shows."""
        return [key for form in self.forms for key in form.keys]

    def arrange(self, *cards: QWidget) -> None:
        """Lay the cards out under each other."""
        self._inner = box(column(*cards, None, gap=12))
        self._scroll = Scroll(box(row((self._inner, 100), None, gap=0)))
        self.setLayout(column((self._scroll, 1)))
        look.follow(self.relook)

    def relook(self) -> None:
        self._inner.setMaximumWidth(px(WIDEST))

    def reload(self) -> None:
        for form in self.forms:
            form.fill(self.desk.settings)

    def hint(self, words: str = "") -> PlainLabel:
        """A quiet sentence."""
        return PlainLabel(words, "small", tone="ink2", wrap=True)
