"""The one style sheet, made from the tokens: only what a palette cannot say."""

from __future__ import annotations

from collections.abc import Callable

from app.views.shared.tokens import Palette


def sheet(c: Palette, px: Callable[[float], int]) -> str:
    """The sheet of a theme at a text scale; `px` turns a length of the design into pixels."""
    return "\n".join((_frames(c, px), _fields(c, px), _views(c), _bars(c, px), _menus(c, px)))


def _frames(c: Palette, px: Callable[[float], int]) -> str:
    return f"""
QFrame[card="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {px(12)}px; }}
QFrame[card="well"] {{ background: {c.sunken}; border: none; border-radius: {px(8)}px; }}
QFrame[card="soft"] {{ background: {c.accent_soft}; border: none; border-radius: {px(8)}px; }}
QFrame[rule="h"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[rule="v"] {{ background: {c.line}; border: none; max-width: 1px; min-width: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}
"""


def _fields(c: Palette, px: Callable[[float], int]) -> str:
    box = "QLineEdit, QPlainTextEdit"
    focus = "QLineEdit:focus, QPlainTextEdit:focus"
    return f"""
{box} {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.edge}; border-radius: {px(8)}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; placeholder-text-color: {c.ink3}; }}
QLineEdit {{ padding: 0 {px(10)}px; }}
QPlainTextEdit {{ padding: {px(6)}px {px(10)}px; }}
{focus} {{ border: 2px solid {c.accent}; }}
QLineEdit:focus {{ padding: 0 {px(10) - 1}px; }}
QPlainTextEdit:focus {{ padding: {px(6) - 1}px {px(10) - 1}px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border-color: {c.red}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{ background: {c.sunken}; color: {c.ink2};
    border-color: {c.line}; }}
QLineEdit[bare="true"] {{ background: transparent; border: none; padding: 0; }}
QComboBox QAbstractItemView {{ background: {c.raised}; color: {c.ink}; border: 1px solid {c.line}; outline: none;
    padding: {px(4)}px; selection-background-color: {c.selected}; selection-color: {c.ink}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; padding: 0 {px(8)}px; border-radius: {px(6)}px; }}
QComboBox QAbstractItemView::item:hover {{ background: {c.pressed}; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.selected}; color: {c.ink}; }}
"""


def _views(c: Palette) -> str:
    return f"""
QListView, QTableView, QTreeView, QTextBrowser {{ background: transparent; border: none; outline: none;
    selection-background-color: {c.selected}; selection-color: {c.ink}; }}
QTableView {{ gridline-color: transparent; }}
QHeaderView {{ background: transparent; border: none; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
QTableView[sticky="true"] {{ background: {c.surface}; border-right: 1px solid {c.line}; }}
"""


def _bars(c: Palette, px: Callable[[float], int]) -> str:
    return f"""
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {px(10)}px; margin: 2px; }}
QScrollBar:horizontal {{ height: {px(10)}px; margin: 2px; }}
QScrollBar::handle {{ background: {c.pressed}; border-radius: {(px(10) - 4) // 2}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.edge}; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _menus(c: Palette, px: Callable[[float], int]) -> str:
    return f"""
QMenuBar {{ background: transparent; color: {c.ink2}; spacing: 0; border: none; }}
QMenuBar::item {{ padding: {px(5)}px {px(9)}px; border-radius: {px(6)}px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c.pressed}; color: {c.ink}; }}
QMenu {{ background: {c.raised}; color: {c.ink}; border: 1px solid {c.line}; padding: {px(6)}px;
    icon-size: {px(16)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(6)}px; min-width: {px(120)}px; }}
QMenu::item:selected {{ background: {c.pressed}; color: {c.ink}; }}
QMenu::item:disabled {{ color: {c.ink3}; }}
QMenu::icon {{ padding-left: {px(8)}px; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(6)}px {px(8)}px; }}
QToolTip {{ background: {c.ink}; color: {c.canvas}; border: none; padding: {px(4)}px {px(8)}px; }}
"""
