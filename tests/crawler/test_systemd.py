"""The words of sd_notify, heard by a real socket."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import systemd


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    path = tmp_path / "notify"
    door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    door.bind(str(path))
    door.settimeout(2)
    monkeypatch.setenv("NOTIFY_SOCKET", str(path))
    yield door
    door.close()


def test_states_arrive_as_one_datagram(ear: socket.socket) -> None:
    assert systemd.notify("READY=1", "STATUS=watching 3 sources")

    assert ear.recv(1000) == b"READY=1\nSTATUS=watching 3 sources"


def test_reloading_carries_the_monotonic_time(ear: socket.socket) -> None:
    systemd.notify("RELOADING=1")

    head, _, stamp = ear.recv(1000).partition(b"\nMONOTONIC_USEC=")
    assert head == b"RELOADING=1"
    assert stamp.isdigit()


def test_without_systemd_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)

    assert not systemd.notify("READY=1")
    assert systemd.watchdog_every() is None


def test_the_watchdog_is_fed_twice_within_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")

    assert systemd.watchdog_every() == timedelta(seconds=15)
