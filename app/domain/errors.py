"""The kinds of trouble the program expects: a refusal (nothing changed), and a disk in the way."""

import re
from typing import Any, ClassVar


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class CodedError(Exception):
    """An error that carries a code and numbers; views turn them into a sentence.

    The code of a subclass is its name in snake_case unless it says otherwise: `NotEnoughPoints(short_by=3)` has the
    code "not_enough_points". A family of refusals gives its code first: `FileRefused("too_large", megabytes=300)`.
    The numbers must never hold a person's name, phone or address: errors reach the log.
    """

    default_code: ClassVar[str] = "coded_error"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "default_code" not in cls.__dict__:
            cls.default_code = _snake(cls.__name__)

    def __init__(self, code: str = "", /, **numbers: Any) -> None:
        self.code = code or self.default_code
        self.numbers: dict[str, Any] = numbers
        super().__init__(self.code)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.numbers.items())])


class ShopError(CodedError):
    """A refusal: said kindly, nothing changed."""


class StorageError(CodedError):
    """The disk or the file is in the way (full, locked, newer, damaged): the view offers a way out."""


class Cancelled(ShopError):
    """A person stopped a long act; it is as if it had never begun."""
