"""Pages of the calendar read before anybody turns to them, while no key is pressed."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.services import followups
from app.services.followups import DayPlan, Whose
from app.views.shared.gateway import Gateway
from app.views.shared.tasks import Task

REST = 100
"""Milliseconds after a page was turned: who holds the key down shares no processor with pages that only fly past."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked of the days of a page."""

    first: date
    last: date
    most: int
    whose: Whose | None
    today: date

    def named(self, whole: date) -> dict[str, Any]:
        return {"whose": self.whose, "most": self.most, "whole": whole}


class ReadAhead(QObject):
    """Holds pages, each with the state the shop was in before it was read: whatever anybody writes ends them all.

    Nothing is read for a `screen` that nobody sees.
    """

    def __init__(self, gateway: Gateway, screen: QWidget) -> None:
        super().__init__(screen)
        self.gateway, self._screen = gateway, screen
        self._held: dict[Page, tuple[int, list[DayPlan]]] = {}
        self._wanted: Mapping[Page, date] = {}
        self._due: deque[Page] = deque()
        self._task: Task | None = None
        self.rest = QTimer(self, singleShot=True, interval=REST)
        self.rest.timeout.connect(self._read_next)

    @property
    def ready(self) -> bool:
        """Whether every page that is expected is here, as the shop is now."""
        return bool(self._wanted) and all(self._holds(page) for page in self._wanted)

    def page(self, page: Page, whole: date) -> list[DayPlan]:
        """The days of a page; where it must be read now, the day that is wanted `whole` is read in full."""
        if not self._holds(page):
            state = self.gateway.state()
            plans = self.gateway.read(followups.days, page.first, page.last, page.today, **page.named(whole))
            self._held[page] = state, plans
        return self._held[page][1]

    def expect(self, pages: Mapping[Page, date]) -> None:
        """Read these, each with a day in full, once nobody turns pages; any other page is let go of."""
        self._held = {page: held for page, held in self._held.items() if page in pages}
        self._wanted, self._due = pages, deque(pages)
        self.rest.start()

    def forget(self) -> None:
        """Something was written or is asked otherwise: nothing that was read holds any more."""
        self.rest.stop()
        self._held, self._wanted, self._due = {}, {}, deque()
        if self._task is not None:
            self._task.drop()
            self._task = None

    def _holds(self, page: Page) -> bool:
        return page in self._held and self._held[page][0] == self.gateway.state()

    def _read_next(self) -> None:
        """One page after the other, each once: two threads would take turns, and a shop being written never rests."""
        while self._due and self._holds(self._due[0]):
            self._due.popleft()
        if not self._due or self._task is not None or not self._screen.isVisible():
            return
        page, state = self._due.popleft(), self.gateway.state()
        task = self.gateway.read_later(
            followups.days,
            page.first,
            page.last,
            page.today,
            then=lambda plans: self._keep(page, state, plans),
            owner=self,
            **page.named(self._wanted[page]),
        )
        task.ended.connect(self._on_ended)
        self._task = task

    def _keep(self, page: Page, state: int, plans: list[DayPlan]) -> None:
        if page in self._wanted:
            self._held[page] = state, plans

    def _on_ended(self) -> None:
        """Perhaps of a task nobody waits for any more, while another one runs."""
        if self._task is not None and not self._task.running:
            self._task = None
            if not self.rest.isActive():
                self._read_next()
