"""The dead man's switch is asked at its own address only, and never named in an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.app import App
from crawler.heartbeat import beat
from crawler.settings import Settings
from state.errors import FetchError, UnsafeAddressError
from tests.support.fake_site import FakeSite


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as opened:
        yield opened


def asked(site: FakeSite, tmp_path: Path, url: str | None, *, allow: bool = True) -> None:
    tables = {"heartbeat": {"url": url}, "network": {"allow_private": [site.host] if allow else []}}
    with App.passing_by(Settings.model_validate(tables), base_dir=tmp_path) as app:
        beat(app)


def test_the_address_is_asked_once(site: FakeSite, tmp_path: Path) -> None:
    site.page("/ping/uuid", "OK")

    asked(site, tmp_path, f"{site.url}/ping/uuid")

    assert site.count("/ping/uuid") == 1


def test_without_an_address_nobody_is_asked(site: FakeSite, tmp_path: Path) -> None:
    asked(site, tmp_path, None)

    assert site.requests == []


@pytest.mark.parametrize("fault", ["status", "hang up", "redirect"])
def test_a_fault_is_told_without_the_secret_address(site: FakeSite, tmp_path: Path, fault: str) -> None:
    if fault == "status":
        site.status("/ping/uuid", 500)
    elif fault == "redirect":
        site.redirect("/ping/uuid", "/elsewhere")
    else:
        site.hang_up("/ping/uuid")

    with pytest.raises(FetchError) as caught:
        asked(site, tmp_path, f"{site.url}/ping/uuid")

    assert "uuid" not in str(caught.value)
    assert site.count("/elsewhere") == 0


def test_a_private_address_must_be_allowed(site: FakeSite, tmp_path: Path) -> None:
    with pytest.raises(UnsafeAddressError, match=r"^(?!.*uuid)"):
        asked(site, tmp_path, f"{site.url}/ping/uuid", allow=False)
