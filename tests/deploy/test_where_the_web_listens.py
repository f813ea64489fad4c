"""HOST and PORT: read, refused when impossible, shown as an address for a browser."""

import errno
import socket

import pytest

from deploy import system
from deploy.errors import LaunchError
from deploy.servers import listening
from deploy.servers.listening import Listener


def test_by_default_only_this_machine_is_served():
    assert listening.from_environment({}) == Listener("127.0.0.1", 8000)
    assert not listening.from_environment({}).is_named


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "8000a", "八千"])
def test_what_is_no_port_is_refused(port: str):
    with pytest.raises(LaunchError, match="不是端口号"):
        listening.from_environment({"PORT": port})


@pytest.mark.parametrize("port", [1, 65535])
def test_the_first_and_the_last_port_are_ports(port: int):
    assert listening.from_environment({"PORT": str(port)}).port == port


def test_a_taken_port_is_told_with_the_next_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listening, "PATIENCE", 0.0)
    with socket.socket() as taken:
        taken.bind((system.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=f"端口 {port} 已被别的程序占用"):
            Listener(system.LOOPBACK, port).require_free()


@pytest.mark.parametrize(
    ("why", "said"), [(errno.EACCES, "没有权限"), (errno.EADDRNOTAVAIL, "不是本机的地址")]
)
def test_each_refusal_has_its_own_words(why: int, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "refusal", lambda host, port: why)
    with pytest.raises(LaunchError, match=said):
        Listener("10.0.0.1", 80).require_free()


def test_a_wildcard_is_shown_as_an_address_that_a_browser_reaches():
    assert Listener("0.0.0.0", 8000).address == "http://127.0.0.1:8000/"
    assert Listener("::", 8000).address == "http://[::1]:8000/"
    assert Listener("::", 8000).bind == "[::]:8000"


def test_a_particular_address_is_one_that_must_be_allowed():
    assert Listener("10.0.0.1", 8000).is_named
    assert not Listener("0.0.0.0", 8000).is_named
