"""Empty places: what will be here, why it is worth having, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look
from app.views.shared.avatars import IconDisc
from app.views.shared.buttons import Button
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px

WIDE = 480


class EmptyState(QWidget):
    """A disc with an icon, a title, one sentence, the primary act and at most one other."""

    def __init__(
        self,
        icon: str,
        title: str = "",
        sentence: str = "",
        *,
        primary: Button | None = None,
        other: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.disc = IconDisc(icon)
        self.title = PlainLabel(title, "section", align="centre")
        self.sentence = PlainLabel(sentence, "body", tone="ink2", wrap=True, align="centre")
        self.primary, self.other = primary, other
        acts = [button for button in (primary, other) if button]
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.sentence.setSizePolicy(policy)
        self._middle = box(
            column(row(None, self.disc, None), 8, self.title, self.sentence, 8, row(None, *acts, None), gap=8)
        )
        self.setLayout(column(None, row(None, self._middle, None), None))
        look.follow(self.relook)

    def set_words(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.relook()

    def relook(self) -> None:
        """A wrapping label among stretches loses its height for width: give it both."""
        wide = min(px(WIDE), max(px(160), self.width()))
        self._middle.setFixedWidth(max(wide, self._acts_width()))
        self.sentence.setFixedHeight(max(look.current().line("body"), self.sentence.heightForWidth(wide)))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(px(160), self._acts_width()), px(200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relook()

    def _acts_width(self) -> int:
        acts = [button for button in (self.primary, self.other) if button]
        return sum(button.sizeHint().width() for button in acts) + px(8) * max(0, len(acts) - 1)
