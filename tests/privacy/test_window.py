"""What a running window remembers of somebody who is erased: nothing it could bring back."""

from app.services import customers, privacy
from app.services.customers import CustomerDraft
from app.views.shared.gateway import Gateway
from tests.privacy.marked import NOW


def test_nothing_can_be_undone_past_an_erasure(gateway: Gateway) -> None:
    made = gateway.write(customers.add, CustomerDraft("Zhang Wei"), at=NOW, said="Zhang Wei added")
    assert made is not None
    gateway.write(customers.pin_fact, made, "likes oolong", at=NOW, said="Pinned: likes oolong")
    gateway.undo()
    assert (gateway.undoable, gateway.redoable) == ("Zhang Wei added", "Pinned: likes oolong")
    gateway.write(privacy.erase, made, at=NOW, said="erased")
    assert (gateway.undoable, gateway.redoable) == (None, None)
    assert not gateway.undo()
    gateway.write(customers.add, CustomerDraft("Li Na"), at=NOW, said="Li Na added")
    assert gateway.undo()
