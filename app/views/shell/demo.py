"""The sample shop as a copy in a folder of its own: look around, change anything, and it is gone with the folder."""

import tempfile
from datetime import timedelta
from pathlib import Path

from app.bootstrap import Clock, found_shop, open_shop
from app.services.sample import make_sample

NAMES = {"zh_CN": "云栖茶舍", "en": "Cloudrest Tea"}


def sample_copy(language: str, clock: Clock) -> Path:
    """A fresh sample shop up to today, in the language given."""
    folder = Path(tempfile.mkdtemp(prefix="regulars-"))
    path = folder / f"{NAMES[language]}.shop"
    founded = clock() - timedelta(days=2 * 365)
    found_shop(path, name=NAMES[language], currency="CNY", timezone="Asia/Shanghai", clock=lambda: founded)
    shop = open_shop(path, clock=clock)
    try:
        make_sample(shop.work, until=clock(), language=language)
    finally:
        shop.close()
    return path
