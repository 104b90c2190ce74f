"""Who may do what: the one table of every service function and the least role it needs."""

from app.domain.errors import ShopError
from app.domain.staff import Actor, Role


class NotAllowed(ShopError):
    """The person at the keyboard may not do this; `needs` says who may."""


CLERK, MANAGER, OWNER = Role.CLERK, Role.MANAGER, Role.OWNER

NEEDS: dict[str, Role] = {
    "audit.trail": OWNER,
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
    "loyalty.found_tiers": OWNER,
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
    "undo.put_back": CLERK,
}


def require(name: str, actor: Actor) -> None:
    """Raises NotAllowed when the actor's role does not cover what `name` needs; one not listed is a bug (KeyError)."""
    needed = NEEDS[name]
    if not actor.role.covers(needed):
        raise NotAllowed(needs=needed)
