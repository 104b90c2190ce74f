"""No label of the shop's own places is cut at the design size, in either language."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import Shop
from app.views.members.screen import MembersScreen
from app.views.settings.screen import SettingsScreen
from app.views.shared import look
from app.views.shared.labels import ElidedLabel
from app.views.shell.screenshots import picture
from app.views.shell.start import DESIGN_SIZE, Session, dressed
from app.views.shell.window import Window
from tests.windows import let_go

PLACES = ("till", "members", "insights", "settings")


@pytest.fixture(params=["en", "zh_CN"])
def session(qapp: QApplication, sample_shop: Shop, request: pytest.FixtureRequest) -> Iterator[Session]:
    made = Session(sample_shop, dressed(qapp, language=request.param, theme=look.Theme.LIGHT, scale=1.0))
    made.window.resize(*DESIGN_SIZE)
    made.window.show()
    yield made
    made.gateway.settle()
    let_go(made.window)
    dressed(qapp, language="en", theme=look.Theme.LIGHT, scale=1.0)


def cut(window: Window) -> list[str]:
    """The labels that are seen and cut: only those have a tip of their own words."""
    labels = window.findChildren(ElidedLabel)
    return [label.text() for label in labels if label.isVisible() and label.toolTip()]


def test_no_label_is_cut_at_the_design_size(session: Session) -> None:
    window, found = session.window, {}
    for place in PLACES:
        screen = window.go(place)
        for page in screen.pages if isinstance(screen, SettingsScreen) else [place]:
            if isinstance(screen, SettingsScreen):
                screen.show_page(page)
            picture(window, session.gateway)
            found[page] = cut(window)
    assert {page: words for page, words in found.items() if words} == {}


def test_a_label_that_is_cut_is_found(session: Session) -> None:
    members = session.window.go("members")
    assert isinstance(members, MembersScreen)
    picture(session.window, session.gateway)
    members.context.setText(long := "All the points of all the people " * 9)
    assert cut(session.window) == [long]
