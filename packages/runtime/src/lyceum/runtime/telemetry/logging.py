"""Logs: JSON lines in the fields of the Elastic Common Schema, or readable lines in development.

structlog and the standard library's logging go through the same steps, so that a library's log line has the same shape.
"""

import logging
import os
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from lyceum.runtime.telemetry.service import this_service
from lyceum.runtime.telemetry.trace import current_trace

ECS_VERSION = "8.17.0"
"""The version of the schema whose field names we use (https://www.elastic.co/docs/reference/ecs)."""

_SECRET_NAME = re.compile(
    r"passw|secret|token|authori[sz]ation|cookie|credential|api_?key|private_?key|csrf", re.IGNORECASE
)
_SECRET_IN_TEXT = re.compile(r"(://[^:/@\s]*:)[^@\s/]+(@)|(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}", re.IGNORECASE)
_HIDDEN = "[hidden]"

# Libraries that log every step at INFO, where a line of ours already says what happened.
_CHATTY = ("uvicorn.access", "httpx", "httpcore", "asyncio")


def configure_logging(*, readable: bool = False, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Set up both logging systems for the process. `stream` is standard error by default.

    Standard output stays free for what a command prints as its result.
    """
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        _add_trace,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    # Stacks become text first: error messages can quote what must be hidden. (The console's own way to show a stack
    # prints the variables of every frame, where `rich` is installed.)
    rendering: list[Processor] = [structlog.processors.format_exc_info, hide_secrets]
    if readable:
        plain = structlog.dev.plain_traceback
        rendering += [structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=plain)]
    else:
        rendering = [_name_error, *rendering, to_ecs, _render_json]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    for name in _CHATTY:
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace values whose names tell that they are secret, and passwords and tokens inside texts."""
    for name, value in event.items():
        event[name] = without_secrets(name, value)
    return event


def to_ecs(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Our names → ECS names. What ECS does not know goes under `lyceum.`, as ECS asks of custom fields."""
    service = this_service()
    entry: dict[str, Any] = {
        "@timestamp": event.pop("timestamp", None),
        "log.level": event.pop("level", method),
        "message": event.pop("event", ""),
        "ecs.version": ECS_VERSION,
        "log.logger": event.pop("logger", None),
        "service.name": service.name,
        "service.version": service.version,
        "service.environment": service.environment,
        "event.dataset": "lyceum.log",
        "process.pid": os.getpid(),
    }
    if (stack := event.pop("exception", None)) is not None:
        entry["error.stack_trace"] = stack
    for name, value in event.items():
        entry[name if "." in name else f"lyceum.{name}"] = value
    return entry


def _add_trace(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    trace = current_trace()
    if trace is not None:
        event["trace.id"] = trace.trace_id
        event["span.id"] = trace.span_id
        event["transaction.id"] = trace.span_id
        if trace.work is not None:
            for name, value in trace.work.items():
                event.setdefault(name, value)
        elif trace.request_id is not None:
            event["http.request.id"] = trace.request_id
        if trace.user_id is not None:
            event["user.id"] = str(trace.user_id)
    return event


def _name_error(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Class and message of the exception in fields of their own: a stack is hard to count by."""
    given = event.get("exc_info")
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else sys.exc_info()[1]
    if given and error is not None:
        event["error.type"] = type(error).__qualname__
        event["error.message"] = str(error)
    return event


def without_secrets(name: str, value: Any) -> Any:
    """The value with passwords and tokens taken out; all of it, where its name tells that it is one."""
    if _SECRET_NAME.search(name) and not isinstance(value, bool | int | None):
        return _HIDDEN
    if isinstance(value, str):
        return _SECRET_IN_TEXT.sub(_mask, value)
    if isinstance(value, Mapping):
        return {key: without_secrets(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_secrets("", item) for item in value]
    return value


def _mask(match: re.Match[str]) -> str:
    before_password, after_password, scheme = match.groups()
    return f"{scheme}{_HIDDEN}" if scheme else f"{before_password}{_HIDDEN}{after_password}"


def _render_json(logger: WrappedLogger, method: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z).decode()
