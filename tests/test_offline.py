import socket

import pytest

from tests.conftest import OutsideConnectionError


def test_outside_address_is_refused() -> None:
    with (
        socket.socket() as plug,
        pytest.raises(OutsideConnectionError, match=r"only 127\.0\.0\.1 may be reached"),
    ):
        plug.connect(("192.0.2.1", 80))


def test_outside_address_is_refused_where_errors_are_codes() -> None:
    with socket.socket() as plug, pytest.raises(OutsideConnectionError):
        plug.connect_ex(("192.0.2.1", 80))


def test_outside_datagram_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug,
        pytest.raises(OutsideConnectionError),
    ):
        plug.sendto(b"", ("192.0.2.1", 53))


@pytest.mark.parametrize("host", ["example.org", b"example.org"])
def test_looking_up_a_name_is_refused(host: str | bytes) -> None:
    with pytest.raises(OutsideConnectionError, match=r"example\.org"):
        socket.getaddrinfo(host, 80)


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_sockets_made_by_libraries_are_guarded_too() -> None:
    from urllib.error import URLError
    from urllib.request import urlopen

    with pytest.raises((OutsideConnectionError, URLError)):
        urlopen("http://192.0.2.1/", timeout=1)
