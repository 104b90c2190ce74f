"""What a running window remembers of somebody who is erased: nothing it could bring back."""

from app.bootstrap import Shop
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


def test_another_window_cannot_bring_back_what_it_took_off_the_card(gateway: Gateway, shop: Shop) -> None:
    made = gateway.write(customers.add, CustomerDraft("Zhang Wei"), at=NOW)
    assert made is not None
    fact = gateway.write(customers.pin_fact, made, "likes oolong", at=NOW)
    gateway.write(customers.unpin, fact, said="forgotten")
    shop.work.write(privacy.erase, made, at=NOW)
    assert not gateway.undo()
    assert gateway.read(customers.card, made, NOW.date()).facts == ()
