"""The acts that are possible anywhere in the window, and the menus they stand in."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.views.shared import look
from app.views.shared.actions import Act, act
from app.views.shared.desk import (
    BringArchive,
    BringIn,
    CloseDay,
    LogContact,
    NewCustomer,
    SellTo,
    ShowGoods,
    ShowImports,
    ShowLookAlikes,
    TakeOut,
    TakeReturn,
)
from app.views.shell.places import PLACES, words

if TYPE_CHECKING:
    from app.views.shell.window import Window

Word = Callable[[], str]


def menu_titles() -> dict[str, str]:
    """The menus from left to right, by the word that the names of their acts begin with."""
    return {
        "file": QCoreApplication.translate("Acts", "File"),
        "edit": QCoreApplication.translate("Acts", "Edit"),
        "customer": QCoreApplication.translate("Acts", "Customer"),
        "go": QCoreApplication.translate("Acts", "Go"),
        "view": QCoreApplication.translate("Acts", "View"),
        "help": QCoreApplication.translate("Acts", "Help"),
    }


class WindowActs:
    """Makes every act of the window once; menus, head and palette show these same ones."""

    def __init__(self, window: "Window") -> None:
        self.window = window
        self._say_file()
        self._say_edit()
        self._say_customer()
        self._say_go()
        self._say_view()

    def _act(self, name: str, said: Word, slot: Callable[[], object], key: str = "", icon: str = "") -> Act:
        return act(self.window, name, said, slot, key=key, icon_name=icon, context=Qt.ShortcutContext.WindowShortcut)

    def _say_file(self) -> None:
        w = self.window
        self.bring_in = self._act(
            "file.import",
            lambda: QCoreApplication.translate("Acts", "Import…"),
            lambda: w.desk.ask(BringIn()),
            "Ctrl+I",
            "ph.download-simple",
        )
        self.archive_in = self._act(
            "file.archive_in",
            lambda: QCoreApplication.translate("Acts", "Import an archive…"),
            lambda: w.desk.ask(BringArchive()),
        )
        self.imports = self._act(
            "file.imports",
            lambda: QCoreApplication.translate("Acts", "Imports so far…"),
            lambda: w.desk.ask(ShowImports()),
        )
        self.take_out = self._act(
            "file.export",
            lambda: QCoreApplication.translate("Acts", "Export…"),
            lambda: w.desk.ask(TakeOut()),
            "Ctrl+Shift+E",
            "ph.upload-simple",
        )
        self.close_day = self._act(
            "file.close_day",
            lambda: QCoreApplication.translate("Acts", "Close the day…"),
            lambda: w.desk.ask(CloseDay()),
            "",
            "ph.wallet",
        )
        self.open_shop = self._act(
            "file.open", lambda: QCoreApplication.translate("Acts", "Open another shop…"), w.open_another, "Ctrl+O"
        )
        self.back_up = self._act(
            "file.backup",
            lambda: QCoreApplication.translate("Acts", "Back up now"),
            w.back_up,
            "",
            "ph.shield-check",
        )
        self.quit = self._act("file.quit", lambda: QCoreApplication.translate("Acts", "Quit"), w.close, "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _say_edit(self) -> None:
        w = self.window
        self.undo = self._act(
            "edit.undo", lambda: QCoreApplication.translate("Acts", "Undo"), w.undo, "Ctrl+Z", "ph.arrow-u-up-left"
        )
        self.redo = self._act(
            "edit.redo",
            lambda: QCoreApplication.translate("Acts", "Redo"),
            w.redo,
            "Ctrl+Shift+Z",
            "ph.arrow-u-up-right",
        )
        self.find = self._act(
            "edit.find",
            lambda: QCoreApplication.translate("Acts", "Find anything"),
            w.open_palette,
            "Ctrl+K",
            "ph.magnifying-glass",
        )

    def _say_customer(self) -> None:
        w = self.window
        self.log = self._act(
            "customer.log",
            lambda: QCoreApplication.translate("Acts", "Log contact"),
            lambda: w.desk.ask(LogContact(w.customer_in_view())),
            "Ctrl+L",
            "ph.note-pencil",
        )
        self.take_return = self._act(
            "customer.return",
            lambda: QCoreApplication.translate("Acts", "Take goods back…"),
            lambda: w.desk.ask(TakeReturn()),
            "",
            "ph.arrow-u-up-left",
        )
        self.complain = self._act(
            "customer.complain",
            lambda: QCoreApplication.translate("Acts", "Log complaint"),
            w.complain,
            "F8",
            "ph.chat-teardrop-text",
        )
        self.new = self._act(
            "customer.new",
            lambda: QCoreApplication.translate("Acts", "New customer"),
            lambda: w.desk.ask(NewCustomer()),
            "Ctrl+N",
            "ph.user-plus",
        )
        self.sell = self._act(
            "customer.sell",
            lambda: QCoreApplication.translate("Acts", "Sell"),
            lambda: w.desk.ask(SellTo(w.customer_in_view())),
            "F2",
            "ph.receipt",
        )
        self.look_alikes = self._act(
            "customer.duplicates",
            lambda: QCoreApplication.translate("Acts", "Look-alike cards"),
            lambda: w.desk.ask(ShowLookAlikes()),
            "",
            "ph.git-merge",
        )

    def _say_go(self) -> None:
        w = self.window
        self.places = [
            self._act(
                f"go.{place.name}",
                lambda name=place.name: words(name),  # type: ignore[misc]
                lambda name=place.name: w.go(name),  # type: ignore[misc]
                f"Ctrl+{place.digit}" if place.digit else "Ctrl+,",
                place.icon,
            )
            for place in PLACES
        ]
        self.back = self._act("go.back", lambda: QCoreApplication.translate("Acts", "Back"), w.back, "Alt+Left")
        self.forward = self._act(
            "go.forward", lambda: QCoreApplication.translate("Acts", "Forward"), w.forward, "Alt+Right"
        )

        self.goods = self._act(
            "go.products",
            lambda: words("products"),
            lambda: w.desk.ask(ShowGoods()),
            "Ctrl+G",
            "ph.package",
        )

        self.rewards = self._act(
            "go.rewards", lambda: words("rewards"), lambda: w.go("rewards"), "Ctrl+Shift+K", "ph.ticket"
        )

    def _say_view(self) -> None:
        w = self.window
        self.reload = self._act("view.reload", lambda: QCoreApplication.translate("Acts", "Reload"), w.reload, "F5")
        self.larger = self._act(
            "view.larger", lambda: QCoreApplication.translate("Acts", "Larger text"), lambda: w.scale_by(0.25), "Ctrl++"
        )
        self.smaller = self._act(
            "view.smaller",
            lambda: QCoreApplication.translate("Acts", "Smaller text"),
            lambda: w.scale_by(-0.25),
            "Ctrl+-",
        )
        self.natural = self._act(
            "view.natural", lambda: QCoreApplication.translate("Acts", "Normal text"), lambda: w.scale_by(0), "Ctrl+0"
        )
        self.light = self._act(
            "view.light", lambda: QCoreApplication.translate("Acts", "Light"), lambda: w.dress(look.Theme.LIGHT)
        )
        self.dark = self._act(
            "view.dark", lambda: QCoreApplication.translate("Acts", "Dark"), lambda: w.dress(look.Theme.DARK)
        )
        self.system = self._act(
            "view.system",
            lambda: QCoreApplication.translate("Acts", "Like the system"),
            lambda: w.dress(look.Theme.SYSTEM),
        )
        self.chinese = self._act("view.chinese", lambda: "简体中文", lambda: w.speak("zh_CN"))
        self.english = self._act("view.english", lambda: "English", lambda: w.speak("en"))
        self.handbook = self._act(
            "help.handbook",
            lambda: QCoreApplication.translate("Acts", "Handbook"),
            w.show_handbook,
            "F1",
            "ph.book-open",
        )
        self.keys = self._act(
            "help.keys", lambda: QCoreApplication.translate("Acts", "All keys"), w.show_keys, "Ctrl+/", "ph.keyboard"
        )
        self.about = self._act("help.about", lambda: QCoreApplication.translate("Acts", "About Regulars"), w.show_about)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def everywhere(self) -> list[Act]:
        """The three of the head."""
        return [self.log, self.complain, self.new]

    def menus(self) -> list[QMenu]:
        """The menu bar, worded by `retranslate_menus`."""
        edit = [self.undo, self.redo, None, self.find]
        customer = [self.new, None, self.sell, self.log, self.complain, None, self.look_alikes]
        view = [self.reload, None, self.larger, self.smaller, self.natural]
        theme, language = [self.light, self.dark, self.system], [self.chinese, self.english]
        files = [self.bring_in, self.archive_in, self.imports, self.take_out, None, self.open_shop, self.back_up]
        self._menus = [
            self._menu([*files, None, self.quit]),
            self._menu(edit),
            self._menu(customer),
            self._menu([*self.places, None, self.goods, self.rewards, None, self.back, self.forward]),
            self._menu([*view, None, *theme, None, *language]),
            self._menu([self.handbook, self.keys, None, self.about]),
        ]
        self.retranslate_menus()
        return self._menus

    def retranslate_menus(self) -> None:
        for menu, title in zip(self._menus, menu_titles().values(), strict=True):
            menu.setTitle(title)

    def _menu(self, items: Sequence[Act | None]) -> QMenu:
        menu = QMenu(self.window)
        for item in items:
            if item is None:
                menu.addSeparator()
            else:
                menu.addAction(item)
        return menu
