"""The lively shop, for every test that asks for `ids`; it is furnished once and copied."""

import shutil
from pathlib import Path

import pytest

from app.bootstrap import open_shop
from tests.conftest import FixedClock
from tests.customers.lively import furnish, moment

Lively = tuple[Path, dict[str, int]]


@pytest.fixture(scope="session")
def lively_file(empty_shop_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Lively:
    """The furnished file, and its customers' ids by name."""
    path = Path(shutil.copy(empty_shop_file, tmp_path_factory.mktemp("lively") / "lively.shop"))
    shop = open_shop(path, clock=FixedClock(moment(0)))
    ids = furnish(shop.work)
    shop.close()
    return path, ids


@pytest.fixture
def shop_path(request: pytest.FixtureRequest, empty_shop_file: Path, tmp_path: Path) -> Path:
    """A copy of the lively shop where a test knows its people, else of the empty one."""
    wanted = "ids" in request.fixturenames
    source = request.getfixturevalue("lively_file")[0] if wanted else empty_shop_file
    return Path(shutil.copy(source, tmp_path / "茶 #1.shop"))


@pytest.fixture
def ids(lively_file: Lively) -> dict[str, int]:
    """The customers of the lively shop, by name."""
    return lively_file[1]
