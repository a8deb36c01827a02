"""What of a port can travel: its methods with the types of their arguments and results, read from the Protocol."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Generic, Protocol, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic.errors import PydanticSchemaGenerationError, PydanticUndefinedAnnotation

# JSON has no bytes. (It has no infinity either: numbers in ports are finite.)
_TRAVELS = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
_BYTES_MODES = frozenset({"base64", "hex"})


class PortMethod:
    """One call: its arguments as one JSON object, its result as any JSON value."""

    def __init__(self, name: str, parameters: Mapping[str, tuple[Any, bool]], result: TypeAdapter[Any]) -> None:
        """`parameters`: the type of each, and whether it may be left out."""
        self.name = name
        self._result = result
        # Fields of a model can't have every name that a parameter can ("schema", "copy"); aliases can.
        self._fields = {parameter: f"argument_{parameter}" for parameter in parameters}
        fields: dict[str, Any] = {
            self._fields[parameter]: (kind, Field(None if optional else ..., alias=parameter))
            for parameter, (kind, optional) in parameters.items()
        }
        config = ConfigDict(**_TRAVELS, extra="forbid", serialize_by_alias=True)
        self._arguments: type[BaseModel] = create_model(f"{name}_arguments", __config__=config, **fields)

    def write_arguments(self, arguments: Mapping[str, Any]) -> bytes:
        """Raises `TypeError` for an argument that the method does not have, as a call in the process would."""
        unknown = arguments.keys() - self._fields.keys()
        if unknown:
            raise TypeError(f"{self.name}() has no parameter {', '.join(sorted(unknown))}")
        values = {self._fields[name]: value for name, value in arguments.items()}
        given = self._arguments.model_construct(set(values), **values)
        return given.__pydantic_serializer__.to_json(given, include=set(values))

    def read_arguments(self, body: bytes) -> dict[str, Any]:
        """Raises pydantic's `ValidationError`."""
        given = self._arguments.model_validate_json(body)
        return {name: getattr(given, field) for name, field in self._fields.items() if field in given.model_fields_set}

    def write_result(self, result: Any) -> bytes:
        return self._result.dump_json(result)

    def read_result(self, body: bytes) -> Any:
        return self._result.validate_json(body)


class PortContract:
    """The methods of a port. Raises `ValueError` where something in the Protocol can't travel as JSON."""

    def __init__(self, port: type) -> None:
        self.port = port
        self.name = port.__name__
        if not getattr(port, "_is_runtime_protocol", False):
            raise ValueError(f"{self.name} has to be a @runtime_checkable Protocol")
        self.methods = {name: _method(port, name) for name in _public_names(port)}
        if not self.methods:
            raise ValueError(f"{self.name} has no methods")


def _public_names(port: type) -> list[str]:
    names: dict[str, None] = {}
    for kind in reversed(port.__mro__):
        if kind not in (object, Protocol, Generic):
            declared = [*vars(kind), *getattr(kind, "__annotations__", {})]
            names.update(dict.fromkeys(name for name in declared if not name.startswith("_")))
    return list(names)


def _method(port: type, name: str) -> PortMethod:
    place = f"{port.__name__}.{name}"
    function = inspect.getattr_static(port, name, None)
    if inspect.isasyncgenfunction(function) or not inspect.iscoroutinefunction(function):
        raise ValueError(f"{place}: only `async def` methods that return one value can be called from another process")
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise ValueError(f"{place}: {error.name} is not defined where the port is") from error
    parameters: dict[str, tuple[Any, bool]] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise ValueError(f"{place}: {parameter.name} has to be a keyword-only parameter")
        if parameter.name not in hints:
            raise ValueError(f"{place}: {parameter.name} needs a type")
        parameters[parameter.name] = (hints[parameter.name], parameter.default is not inspect.Parameter.empty)
    if "return" not in hints:
        raise ValueError(f"{place} needs a return type")
    result: Any = hints["return"]
    _refuse_raw_bytes(place, [*(kind for kind, _ in parameters.values()), result])
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(result, config=None if _has_own_config(result) else _TRAVELS)
        return PortMethod(name, parameters, adapter)
    except (PydanticSchemaGenerationError, PydanticUndefinedAnnotation) as error:
        raise ValueError(f"{place} has a type that can't travel as JSON: {error}") from error


def _has_own_config(kind: Any) -> bool:
    """Pydantic takes no second configuration for these."""
    return isinstance(kind, type) and (issubclass(kind, BaseModel) or hasattr(kind, "__pydantic_config__"))


def _refuse_raw_bytes(place: str, kinds: list[Any]) -> None:
    for model in _models(kinds, set()):
        config = model.model_config
        if {config.get("ser_json_bytes"), config.get("val_json_bytes")} <= _BYTES_MODES:
            continue
        for name, field in model.model_fields.items():
            if any(kind is bytes for kind in _parts(field.annotation)) and not field.metadata:
                raise ValueError(
                    f"{place}: {model.__name__}.{name} is bytes, which JSON has not: set ser_json_bytes and "
                    f"val_json_bytes of the model to 'base64'"
                )


def _models(kinds: list[Any], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    for kind in kinds:
        for part in _parts(kind):
            if isinstance(part, type) and issubclass(part, BaseModel) and part not in seen:
                seen.add(part)
                yield part
                yield from _models([field.annotation for field in part.model_fields.values()], seen)


def _parts(kind: Any) -> Iterator[Any]:
    yield kind
    for argument in get_args(kind):
        yield from _parts(argument)
