"""The one table of permissions is complete: every service a screen can reach is in it, and nothing else is."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

import app.services
from app.domain.staff import Actor, Role
from app.services.permissions import NEEDS, NotAllowed, require
from app.storage.unit_of_work import service_name


def packages() -> Iterator[Any]:
    for module in pkgutil.iter_modules(app.services.__path__, "app.services."):
        if module.name != "app.services.derived":
            yield importlib.import_module(module.name)


def is_service(thing: object) -> bool:
    """A function of ours whose first parameter is the Session."""
    if not inspect.isfunction(thing) or not thing.__module__.startswith("app.services."):
        return False
    first = next(iter(inspect.signature(thing).parameters.values()), None)
    return first is not None and first.annotation is Session


def reachable(namespace: dict[str, Any]) -> set[str]:
    """The names under which the unit of work would ask for the services of a package."""
    return {service_name(thing) for name, thing in namespace.items() if not name.startswith("_") and is_service(thing)}


def every_service() -> set[str]:
    offered = ({name: getattr(package, name) for name in dir(package)} for package in packages())
    return {name for names in offered for name in reachable(names)}


def test_every_service_names_who_may_use_it() -> None:
    assert every_service() - NEEDS.keys() == set()


def test_the_table_names_no_service_that_is_not_there() -> None:
    assert NEEDS.keys() - every_service() == set()


def test_a_service_without_a_line_is_seen() -> None:
    def give_all_points_away(session: Session) -> None: ...

    give_all_points_away.__module__ = "app.services.loyalty.gifts"
    assert reachable({"give_all_points_away": give_all_points_away}) == {"loyalty.give_all_points_away"}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(NEEDS))
def test_each_role_may_do_what_covers_its_need_and_nothing_more(name: str, role: Role) -> None:
    ranks: dict[Role, int] = {Role.CLERK: 0, Role.MANAGER: 1, Role.OWNER: 2}
    allowed = ranks[role] >= ranks[NEEDS[name]]
    attempt: Callable[[], None] = lambda: require(name, Actor(1, role))  # noqa: E731
    if allowed:
        attempt()
    else:
        with pytest.raises(NotAllowed):
            attempt()


def test_an_unlisted_service_is_a_bug_not_a_permission() -> None:
    with pytest.raises(KeyError):
        require("customers.set_on_fire", Actor(1, Role.OWNER))
