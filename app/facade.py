"""The face of a package: the names it offers, each imported from its module when it is first asked for.

A package that imported all its modules would make every start wait for services nobody has called yet. Type checkers
read the same names in a block under TYPE_CHECKING; tests/architecture/test_facades.py holds both together.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def facade(package: str, **names: str) -> None:
    """Let `package` offer these names: for each of its modules those that come from it, divided by blanks."""
    module = sys.modules[package]
    homes = {name: f"{package}.{home}" for home, offered in names.items() for name in offered.split()}
    vars(module).update(__all__=sorted(homes), _homes=homes)
    module.__class__ = _Facade


class _Facade(ModuleType):
    _homes: dict[str, str]

    def __getattr__(self, name: str) -> Any:
        home = vars(self).get("_homes", {}).get(name)
        if home is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = vars(self)[name] = getattr(import_module(home), name)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        """The import of a module sets it on its package: where a function has the module's name, that stays."""
        if isinstance(value, ModuleType) and self._homes.get(name) == value.__name__:
            value = getattr(value, name)
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._homes})
