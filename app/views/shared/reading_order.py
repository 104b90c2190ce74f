"""Tab goes as the eye does: from the first part of a page to the last, whenever each of them was made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStackedWidget, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """What takes the focus by Tab inside a page, as it lies in its layouts."""
    return [widget for widget in _walk(root) if widget is not root and _takes_tab(widget)]


def neighbour(root: QWidget, now: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab goes from here; None at the end of the page (or its beginning, going back)."""
    found = stops(root)
    at = next((place for place, stop in enumerate(found) if stop is now or stop.isAncestorOf(now)), None)
    if at is None:
        return None
    target = at + (1 if forward else -1)
    return found[target] if 0 <= target < len(found) else None


def step(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next stop, inside the page or after it; what was scrolled away comes into sight.

    False where Tab has to find its own way, as from a part that is in no layout.
    """
    now = QApplication.focusWidget()
    if now is None or not any(stop is now or stop.isAncestorOf(now) for stop in stops(root)):
        return False
    target = neighbour(root, now, forward=forward) or beyond(root, forward=forward)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    area = target.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(target, 0, 0)
        area = area.parentWidget()
    return True


def beyond(root: QWidget, *, forward: bool) -> QWidget | None:
    """The first stop outside the page, after it or before it; None where there is none in its window."""
    outside = (widget for widget in _chain(root, forward) if widget is not root and not root.isAncestorOf(widget))
    return next((widget for widget in outside if _takes_tab(widget) and not widget.isAncestorOf(root)), None)


def _chain(start: QWidget, forward: bool) -> Iterator[QWidget]:
    at = start.nextInFocusChain() if forward else start.previousInFocusChain()
    while at is not None and at is not start:
        yield at
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        yield from _walk(inner) if inner else ()
    elif isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        yield from _walk(shown) if shown else ()
    elif (layout := widget.layout()) is not None:
        yield from _through(layout)
    elif not _takes_tab(widget):  # what it places by hand lies as it lies
        placed = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for child in sorted(placed, key=lambda part: (part.y(), part.x())):
            yield from _walk(child)


def _through(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _walk(widget)
        elif (inner := item.layout()) is not None:
            yield from _through(inner)


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()
