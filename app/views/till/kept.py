"""The ticket on the counter, kept by this computer: a crash or a power cut loses none, and none is charged twice."""

import json
from hashlib import sha256
from pathlib import Path

from app.views.shared.machine_store import store
from app.views.till.basket import Basket


def keep(shop: Path, basket: Basket) -> None:
    """Remember the open ticket of a shop; an empty one is forgotten."""
    kept = store()
    if basket.empty:
        kept.remove(_key(shop))
    else:
        kept.setValue(_key(shop), json.dumps(basket.kept()))
    kept.sync()


def kept_basket(shop: Path) -> Basket | None:
    """The ticket that was open when this computer last had this shop open; None where there is none to be read."""
    words = store().value(_key(shop))
    if not isinstance(words, str) or not words:
        return None
    try:
        return Basket.found(json.loads(words))
    except (ValueError, TypeError, KeyError):
        return None


def _key(shop: Path) -> str:
    return f"till/{sha256(str(shop.resolve()).encode()).hexdigest()[:16]}"
