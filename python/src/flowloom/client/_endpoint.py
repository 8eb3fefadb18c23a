"""Methods that are written once, and block or are awaited."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine
from types import MethodType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from flowloom.client._exchange import Exchange
from flowloom.client._session import AsyncSession, Session

P = ParamSpec("P")
T = TypeVar("T")


class Blocking:
    """A resource whose methods block until the engine has answered."""

    def __init__(self, session: Session) -> None:
        self._session = session


class Awaiting:
    """A resource whose methods are awaited."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session


class Endpoint(Generic[P, T]):
    """A method that a class derived from `Blocking` has as a function, one from `Awaiting` as a coroutine."""

    def __init__(self, exchange: Callable[Concatenate[Any, P], Exchange[T]]) -> None:
        def block(resource: Blocking, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return resource._session.run(exchange(resource, *args, **kwargs))

        async def wait(resource: Awaiting, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return await resource._session.run(exchange(resource, *args, **kwargs))

        self._block = functools.update_wrapper(block, exchange)
        self._wait = functools.update_wrapper(wait, exchange)
        # What help() and doctest look at. Annotations are text: a method tells what comes of the exchange.
        signature = inspect.signature(exchange)
        result = str(signature.return_annotation).removeprefix("Exchange[").removesuffix("]")
        for method in (block, wait):
            method.__dict__["__signature__"] = signature.replace(return_annotation=result)
        self.__doc__ = exchange.__doc__
        self.__module__ = exchange.__module__
        self.__wrapped__ = exchange

    @overload
    def __get__(self, instance: None, owner: type) -> Endpoint[P, T]: ...
    @overload
    def __get__(self, instance: Blocking, owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, instance: Awaiting, owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(
        self, instance: Blocking | Awaiting | None, owner: type
    ) -> Endpoint[P, T] | Callable[P, T] | Callable[P, Coroutine[Any, Any, T]]:
        if instance is None:
            return self
        return MethodType(self._block if isinstance(instance, Blocking) else self._wait, instance)
