"""What can go wrong.

All exceptions of this package are a `FlowloomError`. Those that Python has a class for are that, too: who
catches `ConnectionError`, `TimeoutError`, `PermissionError`, `LookupError` or `ValueError` catches them. ::

    FlowloomError
     +-- UnreachableError (ConnectionError)       no engine answers there
     +-- TimedOutError (TimeoutError)             it did not answer in time
     +-- AnswerError                              it answered what no engine does
     +-- ResponseError                            it refused; status and detail say why
          +-- QueryError (ValueError)             400, 422: it cannot be asked so
          +-- AuthenticationError                 401: it does not know the token
          +-- PermissionDeniedError (PermissionError)   403
          +-- NotFoundError (LookupError)         404, 405: there is no such thing
          +-- RateLimitedError                    429: asked too often
          +-- ServerError                         5xx: it could not, perhaps it can later
     +-- EngineError                              the engine in this process could not do it
          +-- NoEngineError (ImportError)         there is none in this installation
          +-- OptionError (ValueError)            an option is wrong
          +-- SourceNotFoundError (FileNotFoundError)   there is no such capture, interface or file
          +-- SourcePermissionError (PermissionError)   it may not be read or captured on
          +-- ClosedError                         the analysis was closed
          +-- EngineFaultError (RuntimeError)     the engine has a fault

The warnings are `DamageWarning`, for a capture that could not be read to its end, `FileWarning`, for lines of a list
that are not understood, and `CheckWarning`, for a check that failed.
"""

from __future__ import annotations


class FlowloomError(Exception):
    """The base of all exceptions of this package."""


class UnreachableError(FlowloomError, ConnectionError):
    """No engine answers at that address, or the connection to it broke."""


class TimedOutError(FlowloomError, TimeoutError):
    """The engine did not answer in the time it was given."""


class AnswerError(FlowloomError):
    """The answer is none that an engine gives: something else listens at that address."""


class ResponseError(FlowloomError):
    """The engine refused to answer.

    Attributes
    ----------
    status : int
        HTTP status code.
    detail : str
        What the engine says is wrong, and what to do (RFC 9457, section 3.1.4).
    retry_after : float or None
        Seconds until it makes sense to ask again, when the engine says so.
    """

    def __init__(self, status: int, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.retry_after = retry_after

    @staticmethod
    def of(status: int, detail: str, retry_after: float | None = None) -> ResponseError:
        """Return the exception of an HTTP status code.

        Examples
        --------
        >>> ResponseError.of(404, "there is no host 192.0.2.1 on VLAN 0")
        NotFoundError('there is no host 192.0.2.1 on VLAN 0')
        """
        kind = _KINDS.get(status, ServerError if status >= _SERVER else ResponseError)
        return kind(status, detail, retry_after)


class QueryError(ResponseError, ValueError):
    """It cannot be asked so: an unknown field, a value of another type, SQL that is refused or takes too long."""


class AuthenticationError(ResponseError):
    """The engine does not know the token, or the user with this password."""


class PermissionDeniedError(ResponseError, PermissionError):
    """The user may not do this."""


class NotFoundError(ResponseError, LookupError):
    """There is no such host, route or history."""


class RateLimitedError(ResponseError):
    """The engine was asked too often; `retry_after` says when to ask again."""


class ServerError(ResponseError):
    """The engine could not answer; perhaps it can later."""


_SERVER = 500
_KINDS: dict[int, type[ResponseError]] = {
    400: QueryError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    405: NotFoundError,
    413: QueryError,
    422: QueryError,
    429: RateLimitedError,
}


class EngineError(FlowloomError):
    """The engine in this process could not do it."""


class NoEngineError(EngineError, ImportError):
    """There is no engine for this process in this installation; `flowloom.connect` works all the same."""


class OptionError(EngineError, ValueError):
    """An option is wrong: a filter, a column, a setting of a check."""


class SourceNotFoundError(EngineError, FileNotFoundError):
    """There is no such capture or interface, or no such file of an option."""


class SourcePermissionError(EngineError, PermissionError):
    """The capture may not be read, or the interface not be captured on, by this process."""


class ClosedError(EngineError):
    """The analysis was closed."""


class EngineFaultError(EngineError, RuntimeError):
    """The engine has a fault; please report it. The analysis is of no use any more, the process is."""


class DamageWarning(UserWarning):
    """A capture is damaged: what could be read was."""


class FileWarning(UserWarning):
    """A file of `geoip`, `blacklists` or `mac_vendors` is not understood as a whole: the rest of it counts."""


class CheckWarning(UserWarning):
    """A check failed: of each, the first failure is told."""
