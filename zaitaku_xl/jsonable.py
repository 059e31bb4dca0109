"""Records as plain JSON and back: what a field's default already says is left out, and what no field knows is refused.

For records of frozen dataclasses and named tuples whose fields are texts, numbers, other records, tuples and mappings.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Record = TypeVar("_Record")
_PLAIN = (str, int, float, bool, NoneType)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """A field of a record: its type, and the default that need not be said."""

    name: str
    kind: Any
    default: object

    def says_already(self, value: object) -> bool:
        return value == self.default and type(value) is type(self.default)


_NO_DEFAULT = object()


def as_json(value: Any) -> Any:
    """Return what ``json.dumps`` takes."""
    if isinstance(value, _PLAIN):
        return value
    kind: Any = type(value)
    if _is_record(kind):
        told = {field: getattr(value, field.name) for field in _fields(kind)}
        return {field.name: as_json(inside) for field, inside in told.items() if not field.says_already(inside)}
    if isinstance(value, Mapping):
        return {str(key): as_json(inside) for key, inside in value.items()}
    if isinstance(value, tuple):
        return [as_json(inside) for inside in value]
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(kind: type[_Record], body: Any) -> _Record:
    """Return the *kind* of record that *body* tells; raises ValueError for what is none."""
    record: _Record = _read(kind, body)
    return record


def _is_record(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) or (isinstance(kind, type) and hasattr(kind, "_field_defaults"))


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    types = get_type_hints(kind)
    return tuple(_Field(name, types[name], default) for name, default in _defaults(kind))


def _defaults(kind: Any) -> Iterator[tuple[str, object]]:
    if not dataclasses.is_dataclass(kind):
        for name in kind._fields:
            yield name, kind._field_defaults.get(name, _NO_DEFAULT)
        return
    for field in dataclasses.fields(kind):
        if field.default_factory is not dataclasses.MISSING:
            yield field.name, field.default_factory()
        else:
            yield field.name, _NO_DEFAULT if field.default is dataclasses.MISSING else field.default


def _read(kind: Any, body: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_either(get_args(kind), body)
    if kind in _PLAIN:
        return _plain(kind, body)
    if _is_record(kind):
        return _read_record(kind, body)
    if origin is tuple:
        return _read_tuple(get_args(kind), body)
    if origin is not None and issubclass(origin, Mapping):
        return _read_mapping(get_args(kind), body)
    raise TypeError(f"no JSON for {kind}")


def _read_either(kinds: tuple[Any, ...], body: Any) -> Any:
    """Read one of several types: a plain value is itself, anything else is the one record or tuple among them."""
    if isinstance(body, _PLAIN):
        if type(body) in kinds:
            return body
        if type(body) is int and float in kinds:
            return body
        raise ValueError(f"{body!r} is none of {kinds}")
    other = [kind for kind in kinds if kind not in _PLAIN]
    if len(other) != 1:
        raise ValueError(f"{type(body).__name__} is none of {kinds}")
    return _read(other[0], body)


def _plain(kind: type, body: Any) -> Any:
    if type(body) is kind or (kind is float and type(body) is int):
        return body
    raise ValueError(f"{body!r} is no {kind.__name__}")


def _read_record(kind: Any, body: Any) -> Any:
    if type(body) is not dict:
        raise ValueError(f"{body!r} is no {kind.__name__}")
    fields = {field.name: field for field in _fields(kind)}
    unknown = body.keys() - fields.keys()
    if unknown:
        raise ValueError(f"{kind.__name__} has no {sorted(unknown)}")
    missing = [name for name, field in fields.items() if field.default is _NO_DEFAULT and name not in body]
    if missing:
        raise ValueError(f"{kind.__name__} needs {missing}")
    return kind(**{name: _read(fields[name].kind, told) for name, told in body.items()})


def _read_tuple(kinds: tuple[Any, ...], body: Any) -> tuple[Any, ...]:
    if type(body) is not list:
        raise ValueError(f"{body!r} is no list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], inside) for inside in body)
    if len(kinds) != len(body):
        raise ValueError(f"{len(body)} values where {len(kinds)} are needed")
    return tuple(_read(kind, inside) for kind, inside in zip(kinds, body, strict=True))


def _read_mapping(kinds: tuple[Any, ...], body: Any) -> dict[Any, Any]:
    if type(body) is not dict:
        raise ValueError(f"{body!r} is no mapping")
    key, inside = kinds
    return {key(name): _read(inside, told) for name, told in body.items()}
