"""What every test shares: no network, and the article that ships."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from kg.articles import read_articles
from kg.records import Article

ROOT = Path(__file__).parent.parent
T = TypeVar("T")
LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


class OutsideConnectionError(AssertionError):
    """A test reached for a machine other than this one."""


def _refuse_outside(address: object) -> None:
    # A str or bytes is the path of a Unix socket, which leads to this machine only.
    if isinstance(address, tuple) and address[0] not in LOCAL:
        raise OutsideConnectionError(f"{address!r}: only 127.0.0.1 may be reached in tests")


def _guarded(method: Callable[..., T]) -> Callable[..., T]:
    """The socket's method, its last argument checked, which is the address."""

    def guarded(plug: socket.socket, *arguments: object) -> T:
        _refuse_outside(arguments[-1])
        return method(plug, *arguments)

    return guarded


def _guarded_lookup(method: Callable[..., T]) -> Callable[..., T]:
    def guarded(host: str | bytes | None, *arguments: object, **options: object) -> T:
        if host is not None:
            _refuse_outside((host.decode() if isinstance(host, bytes) else host,))
        return method(host, *arguments, **options)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only 127.0.0.1 and Unix sockets can be reached in the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


@pytest.fixture(scope="session")
def baghouz() -> Article:
    """The article that ships with the project."""
    (article,) = read_articles([ROOT / "corpus" / "2019-03-06-baghouz.txt"])
    assert isinstance(article, Article)
    return article
