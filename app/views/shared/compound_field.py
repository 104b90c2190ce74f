"""A field of a form that is made of other widgets: what it tells a form, and where it says what is wrong."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.views.shared.choice_fields import ComboBox
from app.views.shared.fields import LineEdit


class CompoundField(QWidget):
    """What is wrong is told under the whole of it, unless one of its parts tells it (`tell_in`)."""

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = ""
        self._teller: LineEdit | ComboBox | CompoundField | None = None

    def tell_in(self, part: "LineEdit | ComboBox | CompoundField") -> None:
        """From now on what is wrong is said by this part, which is outlined then."""
        self._teller = part
        part.errored.connect(self.errored)

    def error(self) -> str:
        """What is wrong, or nothing."""
        return self._error if self._teller is None else self._teller.error()

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and how to go on; an empty sentence takes it back."""
        if self._teller is not None:
            self._teller.set_error(sentence)
        elif sentence != self._error:
            self._error = sentence
            self.errored.emit(sentence)

    def retranslate(self) -> None:
        """Word what is the field's own, now and whenever the language changes."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
