"""Nothing short-lived stays on the line: the gateway outlives every dialog that listens to it."""

import re

from tests.architecture.sources import APP

LISTENS = re.compile(r"gateway\.\w+\.connect\(\s*lambda")


def test_nobody_listens_to_the_gateway_by_a_lambda() -> None:
    """Qt forgets a method of a widget that is gone; a lambda would be called for it for ever, and fail."""
    files = (APP / "views").rglob("*.py")
    assert [str(path) for path in files if LISTENS.search(path.read_text(encoding="utf-8"))] == []
