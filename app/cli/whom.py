"""Which customer a command is about: by our number, or by that of the old system."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from app.bootstrap import Shop
from app.services import customers

Command = TypeVar("Command", bound=Callable[..., Any])


def one_customer(command: Command) -> Command:
    """Give a command the argument NUMBER and the option that says whose number it is."""
    command = click.option("--external", is_flag=True, help="NUMBER is the id of the old system.")(command)
    return click.argument("number")(command)


def whom(shop: Shop, number: str, *, external: bool) -> int:
    """The card that answers for a number. Raises NoSuchCustomer, or BadParameter for what is no number of ours."""
    if external:
        return shop.work.read(customers.by_external_id, number)
    if number.isdecimal():
        return shop.work.read(customers.known, int(number))
    raise click.BadParameter(number)
