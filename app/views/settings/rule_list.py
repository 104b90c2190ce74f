"""Cards with rules that are switched on and off."""

from PySide6.QtCore import QCoreApplication

from app.views.settings.ordered_list import OrderedList


class CadenceRules(OrderedList):
    """N adds, Enter changes, Ctrl+↑ and Ctrl+↓ move, Space switches; what is off stands last."""

    away_key = "Space"

    def _away_words(self) -> str:
        if self.current() in self._away:
            return QCoreApplication.translate("RuleList", "Switch on")
        return QCoreApplication.translate("RuleList", "Switch off")


class KindRules(CadenceRules):
    """One rule of each kind: changed and switched, in no order of their own."""

    ordered, most_shown = False, 9
