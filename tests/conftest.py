"""What every test stands on: Qt offscreen, the real input files where they lie, no clock but the one given."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shiboken6
from hypothesis import Phase, settings
from hypothesis.internal.conjecture import providers
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from app.bootstrap import Shop, found_shop, open_shop
from app.services.sample import make_sample
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.translator import interpreter

settings.register_profile("regulars", deadline=None, derandomize=True)
settings.register_profile("mutants", settings.get_profile("regulars"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("regulars")
# Else it draws constants out of the source of all that is loaded by then: other examples in each process, and seconds
# in each to read them.
setattr(providers, "_get_local_constants", lambda: providers._local_constants)  # noqa: B010


MEMORY_DISK, ROOM = Path("/dev/shm"), 2_000_000_000


def _work_in_memory() -> None:
    """Temporary files go to a memory disk where one is: the shops are written with FULL, and each commit waits."""
    named = any(os.environ.get(name) for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"))
    if named or not os.access(MEMORY_DISK, os.W_OK) or shutil.disk_usage(MEMORY_DISK).free < ROOM:
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY_DISK)  # for the processes that tests start, too


_work_in_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, else in the order drawn."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Let the collector skip what stays for the whole run, the program and all the tests: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the computer remembers is kept apart from whoever runs the tests."""
    folder = str(tmp_path_factory.mktemp("machine"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Each test takes its windows with it: else every change of look would dress those of all the tests before."""
    yield
    if not QApplication.instance():
        return
    left = QApplication.topLevelWidgets()
    for widget in left:
        widget.hide()  # shown and active while it dies, a dialog would tell its half-gone children about the focus
    for widget in left:
        if shiboken6.isValid(widget) and widget.parent() is None:  # a popup goes with the field it belongs to
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input files; a test that needs it says so with `@pytest.mark.real_data`."""
    if not SHARED.is_dir():
        pytest.skip(f"real input files are not beside the project ({SHARED.name} is absent)")
    return SHARED


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, speaking English as the program would: a test that changes the language puts it back."""
    interpreter(qapp).speak("en")
    return qapp


class FixedClock:
    """A clock that stands until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@pytest.fixture
def clock() -> FixedClock:
    """Monday, 23 November 2026, ten in the morning in Shanghai."""
    return FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def empty_shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new shop, made once and copied by each test that wants one."""
    path = tmp_path_factory.mktemp("shop") / "empty.shop"
    founded = datetime(2026, 1, 1, tzinfo=UTC)
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=lambda: founded)
    return path


@pytest.fixture(scope="session")
def sample_file(empty_shop_file: Path) -> Path:
    """The sample shop of 400 people, as it stood on Monday, 23 November 2026, at ten; made once, read only."""
    path = Path(shutil.copy(empty_shop_file, empty_shop_file.with_name("sample.shop")))
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    made = open_shop(path, clock=lambda: at)
    made.work.write(make_sample, until=at)
    made.close()
    return path


@pytest.fixture
def sample_shop(sample_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Shop]:
    """A copy of the sample shop, open on the fixed clock."""
    opened = open_shop(Path(shutil.copy(sample_file, tmp_path / "sample.shop")), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def shop_path(empty_shop_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_shop_file, tmp_path / "茶 #1.shop"))


@pytest.fixture
def shop(shop_path: Path, clock: FixedClock) -> Iterator[Shop]:
    """An open, empty shop on the fixed clock."""
    opened = open_shop(shop_path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def work(shop: Shop) -> UnitOfWork:
    return shop.work


@pytest.fixture
def gateway(qapp: QApplication, work: UnitOfWork) -> Iterator[Gateway]:
    door = Gateway(work)
    yield door
    door.close()


@pytest.fixture
def desk(gateway: Gateway, clock: FixedClock) -> Desk:
    return Desk(gateway, clock)
