"""A laptop at double the text: no place pushes the window beyond the screen; what does not fit is scrolled to."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import customers
from app.views.shared import look
from app.views.shared.reading_order import stops
from app.views.shared.screen import Screen
from app.views.shared.tables import Table
from app.views.shared.translator import interpreter
from app.views.shell import till_scenes
from app.views.shell.places import PAGES, PLACES
from app.views.shell.screenshots import picture
from app.views.shell.start import Session, dressed
from app.views.shell.window import Window
from app.views.till.screen import TillScreen
from tests.windows import let_go


@pytest.fixture
def large(qtbot: QtBot, qapp: QApplication, shop: Shop) -> Iterator[Window]:
    look.apply(qapp, scale=2.0)
    session = Session(shop, interpreter(qapp))
    session.window.resize(1366, 697)
    with qtbot.waitExposed(session.window):
        session.window.show()
    yield session.window
    let_go(session.window)
    look.apply(qapp, scale=1.0)


def fills(window: Window, screen: Screen) -> bool:
    """Whether a screen has all the room there is, and no less than it needs, broken lines of small widgets and all."""
    needed, layout = screen.minimumSizeHint(), screen.layout()
    if layout and layout.hasHeightForWidth():
        needed = needed.expandedTo(QSize(0, layout.totalMinimumHeightForWidth(screen.width())))
    return screen.size() == needed.expandedTo(window.pages.viewport().size())


def test_the_window_keeps_its_size_whatever_is_visited(qtbot: QtBot, large: Window) -> None:
    for place in (*PLACES, *PAGES):
        screen = large.go(place.name)
        qtbot.waitUntil(lambda shown=screen: fills(large, shown))  # type: ignore[misc]
        assert (large.width(), large.height()) == (1366, 697), place.name


def test_a_low_place_is_not_scrolled_because_a_high_one_was_visited(large: Window) -> None:
    for name in ("till", "customers"):
        large.go(name)
        QApplication.processEvents()
    assert large.pages.verticalScrollBar().maximum() == 0
    assert large.pages.horizontalScrollBar().maximum() == 0


@pytest.fixture(params=["en", "zh_CN"])
def laptop(qapp: QApplication, sample_shop: Shop, request: pytest.FixtureRequest) -> Iterator[Window]:
    """A laptop whose text is half as large again."""
    session = Session(sample_shop, dressed(qapp, language=request.param, theme=look.Theme.LIGHT, scale=1.5))
    session.window.resize(1366, 697)
    session.window.show()
    yield session.window
    session.gateway.settle()
    let_go(session.window)
    dressed(qapp, language="en", theme=look.Theme.LIGHT, scale=1.0)


def place_of(part: QWidget, page: QWidget) -> QRect:
    return QRect(part.mapTo(page, QPoint(0, 0)), part.size())


def test_what_is_to_be_paid_and_how_is_never_cut_by_large_text(laptop: Window) -> None:
    """Cash from a customer whose complaint is open: all that a ticket can have to say at once."""
    customer = next(one.customer_id for one in laptop.desk.gateway.read(customers.held_back))
    till_scenes.cash(laptop, customer)
    picture(laptop, laptop.desk.gateway)
    screen = laptop.pages.currentWidget()
    assert isinstance(screen, TillScreen) and screen.buyer.brake.isVisible()
    assert laptop.pages.verticalScrollBar().maximum() == laptop.pages.horizontalScrollBar().maximum() == 0
    chips = screen.payment.methods.chips()
    stack = [screen.buyer, screen.card._middle, screen.sums, screen.payment.tender, chips[0], chips[-1], screen.card]
    parts = [place_of(part, screen) for part in stack]
    for above, below in itertools.pairwise(parts[:-1]):
        assert above.bottom() < below.top()
    for part in (*parts, *(place_of(chip, screen) for chip in chips), place_of(screen.charge, screen)):
        assert parts[-1].contains(part)
    first, last = chips[0], chips[-1]
    assert len({chip.y() for chip in chips}) == 2 and first.height() == last.height() == look.px(36)
    assert screen.sums.total.height() == look.current().line("total")


def takes_tab(part: QWidget, page: QWidget) -> bool:
    takes = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
    return takes and part.isVisibleTo(page) and part.isEnabled() and part.window() is page.window()


def test_at_large_text_nothing_lies_beyond_the_right_edge_and_names_are_read(laptop: Window) -> None:
    """Tools fold into their icons, lesser columns leave before the names do, and Tab finds all that is there."""
    for name in ("products", "points", "trial", "rewards"):
        screen = laptop.go(name)
        picture(laptop, laptop.desk.gateway)
        assert isinstance(screen.focusProxy(), Table), name
        assert laptop.pages.horizontalScrollBar().maximum() == 0, name
        for table in screen.findChildren(Table):
            assert not table.isVisible() or table.columnWidth(0) >= look.px(88), name
        assert {part for part in screen.findChildren(QWidget) if takes_tab(part, screen)} <= set(stops(screen)), name
