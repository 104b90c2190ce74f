"""The shop of the marked person, for every test that asks for them; it is written once and copied."""

import shutil
from pathlib import Path

import pytest

from app.bootstrap import open_shop
from app.storage.unit_of_work import UnitOfWork
from tests.conftest import FixedClock
from tests.privacy.marked import NOW, Marked

NAME = "茶 #1.shop"


@pytest.fixture(scope="session")
def marked_shop(empty_shop_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Marked]:
    """The folder of the shop, files beside it included, and who is in it."""
    folder = tmp_path_factory.mktemp("marked")
    shop = open_shop(Path(shutil.copy(empty_shop_file, folder / NAME)), clock=FixedClock(NOW))
    made = Marked(shop.work)
    shop.close()
    return folder, made


@pytest.fixture
def shop_path(request: pytest.FixtureRequest, empty_shop_file: Path, tmp_path: Path) -> Path:
    """A copy of the shop of the marked person where a test asks for them, else of the empty one."""
    if "marked" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("marked_shop")[0], tmp_path, dirs_exist_ok=True)
        return tmp_path / NAME
    return Path(shutil.copy(empty_shop_file, tmp_path / NAME))


@pytest.fixture
def marked(marked_shop: tuple[Path, Marked], work: UnitOfWork) -> Marked:
    return marked_shop[1].kept_in(work)
