"""What one person is to another, and what the other is to the first."""

from enum import StrEnum


class Relation(StrEnum):
    """Read as "the other is this person's …"; a shop may use words of its own, which hold both ways."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    RELATIVE = "relative"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    COLLEAGUE = "colleague"
    EMPLOYER = "employer"
    EMPLOYEE = "employee"


_PAIRS = (
    (Relation.PARENT, Relation.CHILD),
    (Relation.GRANDPARENT, Relation.GRANDCHILD),
    (Relation.EMPLOYER, Relation.EMPLOYEE),
)
_INVERSE: dict[str, str] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def inverse(kind: str) -> str:
    """What the first is to the second, where the second is `kind` to the first."""
    return _INVERSE.get(kind, kind)
