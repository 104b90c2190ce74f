"""How the window is brought to the scenes of an import: a small list of members with a fault in two of its rows."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.services import transfer
from app.views.shared import look
from app.views.shared.desk import ShowImports
from app.views.transfer.wizard import Step, Wizard, open_wizard

if TYPE_CHECKING:
    from app.views.shell.window import Window

_ZH = """会员姓名,手机号,生日,微信,标签
方雨晴,139{number}1186,1990-05-02,yuqing_tea,爱单丛
Emily Chen,1.39E+10,1988-11-23,,常送礼
贺明轩,188{number}2231,,mingxuan,
何奶奶,没有手机,农历八月十六,,住附近
周若楠,137{number}4410,03-21,,爱普洱
"""
_EN = """Name,Phone,Birthday,WeChat,Tags
Joanna Fang,139{number}1186,1990-05-02,joanna_tea,Dancong
Emily Chen,1.39E+10,1988-11-23,,gifts
Martin He,188{number}2231,,martin_he,
Granny He,none,11-23,,neighbour
Ruth Zhou,137{number}4410,03-21,,pu-erh
"""


def reading(window: "Window", _customer: int) -> None:
    _play(window, Step.READING)


def columns(window: "Window", _customer: int) -> None:
    _play(window, Step.COLUMNS)


def tried(window: "Window", _customer: int) -> None:
    _play(window, Step.TRIED)


def done(window: "Window", _customer: int) -> None:
    _play(window, Step.DONE)


def repair(window: "Window", _customer: int) -> None:
    _play(window, Step.REPAIR)


def brought(window: "Window", _customer: int) -> None:
    """The list of imports with one in it."""
    _play(window, Step.DONE).reject()
    window.desk.ask(ShowImports())


def _play(window: "Window", step: Step) -> Wizard:
    """Go through the wizard up to a step, as a person does: by its primary button."""
    window.go("customers")
    chinese = look.current().language.startswith("zh")
    number = f"{len(window.desk.gateway.read(transfer.batches)):04}"  # nobody who was brought in by the scene before
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("会员名单.csv" if chinese else "members.csv")
        path.write_text((_ZH if chinese else _EN).replace("{number}", number), encoding="utf-8")
        wizard = open_wizard(window.desk, window, path=str(path))
        _wait(window)
        for _ in range(8):
            if wizard.step is step:
                break
            (wizard.mend if wizard.step is Step.DONE else wizard.primary).click()
            _wait(window)
    return wizard


def _wait(window: "Window") -> None:
    for _ in range(4):
        window.desk.gateway.settle()
        QApplication.processEvents()
