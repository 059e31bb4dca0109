"""A package whose names are loaded when somebody asks for them: a worker pays for what it uses, not for its neighbours."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_demand(package: str, names: Mapping[str, str]) -> tuple[list[str], Callable[[str], Any]]:
    """Return ``__all__`` and ``__getattr__`` (PEP 562) of *package*, given the names to be had from each of its modules.

    A name must not be a module's as well: it would become that module as soon as somebody imports it.
    """
    module_of = {name: module for module, those in names.items() for name in those.split()}

    def load(name: str) -> Any:
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{module_of[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return sorted(module_of), load
