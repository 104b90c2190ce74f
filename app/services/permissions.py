"""Who may do what: the one table of every service function and the least role it needs."""

from app.domain.errors import ShopError
from app.domain.staff import Actor, Role


class NotAllowed(ShopError):
    """The person at the keyboard may not do this; `needs` says who may."""


CLERK, MANAGER, OWNER = Role.CLERK, Role.MANAGER, Role.OWNER

NEEDS: dict[str, Role] = {
    "audit.trail": OWNER,
    "complaints.board": CLERK,
    "complaints.case": CLERK,
    "complaints.edit": CLERK,
    "complaints.log": CLERK,
    "complaints.move": CLERK,
    "complaints.next_number": CLERK,
    "complaints.rates": CLERK,
    "complaints.unsettled": CLERK,
    "customers.add": CLERK,
    "customers.archive": CLERK,
    "customers.card": CLERK,
    "customers.count": CLERK,
    "customers.counts": CLERK,
    "customers.drift": OWNER,
    "customers.edit": CLERK,
    "customers.page": CLERK,
    "customers.pin_fact": CLERK,
    "customers.place": CLERK,
    "customers.refresh": OWNER,
    "customers.rows": CLERK,
    "customers.silent": CLERK,
    "customers.tier_marks": CLERK,
    "customers.timeline": CLERK,
    "customers.unarchive": CLERK,
    "customers.unpin": CLERK,
    "interactions.contacts": CLERK,
    "interactions.log_contact": CLERK,
    "loyalty.adjust": MANAGER,
    "loyalty.balance": CLERK,
    "loyalty.count_members": CLERK,
    "loyalty.counts": CLERK,
    "loyalty.edit_tier": OWNER,
    "loyalty.expire": CLERK,
    "loyalty.expiring": CLERK,
    "loyalty.found_tiers": OWNER,
    "loyalty.holding": CLERK,
    "loyalty.ledger": CLERK,
    "loyalty.lots": CLERK,
    "loyalty.members": CLERK,
    "loyalty.members_of": CLERK,
    "loyalty.open_day": CLERK,
    "loyalty.outstanding": CLERK,
    "loyalty.refresh": CLERK,
    "loyalty.run_out": CLERK,
    "loyalty.standing": CLERK,
    "loyalty.tiers": CLERK,
    "loyalty.undo_adjust": MANAGER,
    "products.add": MANAGER,
    "products.by_code_or_barcode": CLERK,
    "products.categories": CLERK,
    "products.edit": MANAGER,
    "products.often_sold": CLERK,
    "products.product": CLERK,
    "products.products": CLERK,
    "products.retire": MANAGER,
    "sales.day_sales": CLERK,
    "sales.next_number": CLERK,
    "sales.sale": CLERK,
    "sales.sales_of": CLERK,
    "sample.make_sample": OWNER,
    "search.customer_ids": CLERK,
    "search.find": CLERK,
    "search.index_complaints": OWNER,
    "search.index_customers": OWNER,
    "search.index_products": OWNER,
    "search.missing": OWNER,
    "search.rebuild": OWNER,
    "settings.change": OWNER,
    "settings.settings": CLERK,
    "staff.acting": CLERK,
    "staff.everyone": CLERK,
    "till.quote": CLERK,
    "till.sell": CLERK,
    "till.void_sale": CLERK,
    "transfer.batches": MANAGER,
    "transfer.import_customers": MANAGER,
    "transfer.import_products": MANAGER,
    "transfer.import_sales": MANAGER,
    "transfer.undo_batch": MANAGER,
    "undo.put_back": CLERK,
}


def require(name: str, actor: Actor) -> None:
    """Raises NotAllowed when the actor's role does not cover what `name` needs; one not listed is a bug (KeyError)."""
    needed = NEEDS[name]
    if not actor.role.covers(needed):
        raise NotAllowed(needs=needed)
