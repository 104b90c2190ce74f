"""Fields that come up while a form is open: Tab goes through them where they stand, not after all the others."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from app.views.shared.chips import Chips


def tab_through(*fields: QWidget) -> None:
    """Tab goes from each of these fields to the next, and then to what followed the first."""
    stops = [stop for field in fields for stop in (field.chips() if isinstance(field, Chips) else [field])]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
