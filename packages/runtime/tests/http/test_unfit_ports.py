"""Ports that can't be served to another process, and why."""

from collections.abc import AsyncIterator
from typing import Protocol, runtime_checkable
from uuid import UUID

import httpx
import pytest
from pydantic import BaseModel

from lyceum.kernel.pagination import Page
from lyceum.runtime.http import remote_port


class RawFile(BaseModel):
    data: bytes


class TestContracts:
    def refused(self, port, match):
        client = httpx.AsyncClient()
        with pytest.raises(ValueError, match=match):
            remote_port(port, module="m", base_url="http://x", token="t", errors=[], client=client)

    def test_a_stream_is_refused(self):
        @runtime_checkable
        class Streaming(Protocol):
            def stream(self) -> AsyncIterator[int]: ...

        self.refused(Streaming, "Streaming.stream: only `async def` methods that return one value")

    def test_a_stream_as_a_result_is_refused(self):
        @runtime_checkable
        class Streaming(Protocol):
            async def stream(self) -> AsyncIterator[int]: ...

        self.refused(Streaming, "Streaming.stream has a type that can't travel as JSON")

    def test_an_asynchronous_generator_is_refused(self):
        @runtime_checkable
        class Streaming(Protocol):
            async def stream(self) -> AsyncIterator[int]:
                yield 1

        self.refused(Streaming, "Streaming.stream: only `async def`")

    def test_a_plain_method_is_refused(self):
        @runtime_checkable
        class Plain(Protocol):
            def find(self) -> int: ...

        self.refused(Plain, "Plain.find: only `async def`")

    def test_an_attribute_is_refused(self):
        @runtime_checkable
        class WithAttribute(Protocol):
            name: str

        self.refused(WithAttribute, "WithAttribute.name: only `async def`")

    def test_positional_parameters_are_refused(self):
        @runtime_checkable
        class Positional(Protocol):
            async def find(self, course_id: UUID) -> int: ...

        self.refused(Positional, "course_id has to be a keyword-only parameter")

    def test_parameters_without_a_type_are_refused(self):
        @runtime_checkable
        class Untyped(Protocol):
            async def find(self, *, course_id) -> int: ...

        self.refused(Untyped, "course_id needs a type")

    def test_results_without_a_type_are_refused(self):
        @runtime_checkable
        class Untyped(Protocol):
            async def find(self): ...

        self.refused(Untyped, "Untyped.find needs a return type")

    def test_types_that_are_no_data_are_refused(self):
        class Connection: ...

        @runtime_checkable
        class Arbitrary(Protocol):
            async def use(self, *, connection: Connection) -> None: ...

        self.refused(Arbitrary, "Arbitrary.use has a type that can't travel")

    def test_bytes_in_a_model_that_does_not_encode_them_are_refused(self):
        @runtime_checkable
        class Raw(Protocol):
            async def find(self) -> Page[RawFile] | None: ...

        self.refused(Raw, "Raw.find: RawFile.data is bytes, which JSON has not")

    def test_a_protocol_that_cannot_be_checked_is_refused(self):
        class Unchecked(Protocol):
            async def find(self) -> int: ...

        self.refused(Unchecked, "Unchecked has to be a @runtime_checkable Protocol")

    def test_a_port_without_methods_is_refused(self):
        @runtime_checkable
        class Empty(Protocol): ...

        self.refused(Empty, "Empty has no methods")
