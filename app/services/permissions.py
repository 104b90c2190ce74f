"""Who may do what: the one table of every service function and the least role it needs."""

from app.domain.errors import ShopError
from app.domain.staff import Actor, Role


class NotAllowed(ShopError):
    """The person at the keyboard may not do this; `needs` says who may."""

    code = "not_allowed"


CLERK, MANAGER, OWNER = Role.CLERK, Role.MANAGER, Role.OWNER

NEEDS: dict[str, Role] = {
    "audit.trail": OWNER,
    "loyalty.found_tiers": OWNER,
    "settings.change": OWNER,
    "settings.settings": CLERK,
    "staff.acting": CLERK,
    "staff.everyone": CLERK,
    "undo.put_back": CLERK,
}


def require(name: str, actor: Actor) -> None:
    """Raises NotAllowed when the actor's role does not cover what `name` needs; an unlisted service is a bug (KeyError)."""
    needed = NEEDS[name]
    if not actor.role.covers(needed):
        raise NotAllowed(needs=needed)
