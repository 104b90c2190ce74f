"""The line over the calendar while follow-ups are marked: how many, and what can be done with all of them."""

from PySide6.QtWidgets import QWidget

from app.views.shared.actions import Act
from app.views.shared.buttons import Button
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row


class MarkedBar(QWidget):
    """Its buttons show the acts of the screen."""

    def __init__(self, cut: Act, hand_over: Act, unmark: Act) -> None:
        super().__init__()
        self.said = ElidedLabel("", "small", tone="ink2")
        self.buttons = [Button("", "secondary", size="small") for _ in range(3)]
        for button, act in zip(self.buttons, (cut, hand_over, unmark), strict=True):
            button.set_action(act)
        self.setLayout(row((self.said, 1), *self.buttons, gap=8, margins=(0, 0, 0, 8)))
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are marked; with none, the line is gone."""
        self.said.setText(self.tr("%n follow-up(s) marked", "", count))
        self.setVisible(count > 0)
