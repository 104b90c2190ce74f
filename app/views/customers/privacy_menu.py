"""The end of a card's menu: what was allowed, all that is kept as one file, and erasing at the person's wish."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from app.services import privacy
from app.services.customers import Card
from app.views.shared.desk import Desk, ErasePerson, HandOverPerson, Request, ShowConsents


class PrivacyMenu:
    """Adds its acts to a menu and words them each time it opens; what a role may not do is not offered."""

    def __init__(self, menu: QMenu, desk: Desk, card: Callable[[], Card | None]) -> None:
        self._desk, self._card = desk, card
        menu.addSeparator()
        self.consents = menu.addAction("", lambda: self._ask(ShowConsents))
        self.hand_over = menu.addAction("", lambda: self._ask(HandOverPerson))
        self.erase = menu.addAction("", lambda: self._ask(ErasePerson))
        menu.aboutToShow.connect(self.word)

    def word(self) -> None:
        """Say what the acts are called now."""
        self.consents.setText(QCoreApplication.translate("PrivacyMenu", "Consents…"))
        self.hand_over.setText(QCoreApplication.translate("PrivacyMenu", "Export personal data…"))
        self.erase.setText(QCoreApplication.translate("PrivacyMenu", "Erase this person…"))
        self.hand_over.setVisible(self._desk.gateway.may(privacy.export_person))
        self.erase.setVisible(self._desk.gateway.may(privacy.erase))

    def _ask(self, request: Callable[[int], Request]) -> None:
        card = self._card()
        if card is not None:
            self._desk.ask(request(card.id))
