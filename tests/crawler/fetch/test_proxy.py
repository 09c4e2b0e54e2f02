"""Visiting through a proxy: it fails closed, and no name is looked up here."""

from dataclasses import replace

import pytest

from crawler.fetch.proxy import Proxy
from state.errors import ConfigError, FetchError, UnsafeAddressError
from tests.crawler.fetch.socks_server import SocksServer
from tests.crawler.fetch.visiting import Visitor, visitor
from tests.support.fake_site import FakeSite


def through(someone: Visitor, via: str) -> Visitor:
    return replace(someone, visit=replace(someone.visit, via=via, source="rfa-khmer"))


def test_the_proxy_is_given_the_name_and_nothing_is_looked_up_here() -> None:
    with FakeSite() as site, SocksServer(site.host) as proxy, visitor(allow=[]) as someone:
        site.page("/a", "through")

        page = through(someone, proxy.url).fetch("http://news.invalid/a")

    assert page.body == b"through"
    assert page.ip is None
    assert set(proxy.asked) == {("news.invalid", 80)}
    assert site.asked("/a")[0].headers["Host"] == "news.invalid"


def test_each_source_has_a_circuit_of_its_own() -> None:
    with FakeSite() as site, SocksServer(site.host) as proxy, visitor(allow=[]) as someone:
        site.page("/a", "x")

        through(someone, proxy.url).fetch("http://news.invalid/a")

    assert set(proxy.users) == {"rfa-khmer"}


def test_a_proxy_that_is_down_is_no_reason_to_go_direct() -> None:
    with FakeSite() as site, visitor(allow=["127.0.0.1"]) as someone:
        site.page("/a", "x")
        with SocksServer(site.host) as proxy:
            gone = proxy.url

        with pytest.raises(FetchError):
            through(someone, gone).fetch(site.url + "/a")

    assert not site.requests


def test_a_refusal_of_the_proxy_is_said() -> None:
    with (
        FakeSite() as site,
        SocksServer(site.host, refuse=4) as proxy,
        visitor(allow=[]) as someone,
        pytest.raises(FetchError, match="host cannot be reached"),
    ):
        through(someone, proxy.url).fetch("http://news.invalid/a")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://db.internal/", "file:///x"]
)
def test_local_addresses_are_refused_behind_a_proxy_too(url: str) -> None:
    with (
        FakeSite() as site,
        SocksServer(site.host) as proxy,
        visitor(allow=[]) as someone,
        pytest.raises(UnsafeAddressError),
    ):
        through(someone, proxy.url).fetch(url)

    assert not proxy.asked


def test_an_http_proxy_is_asked_for_the_whole_address() -> None:
    with FakeSite() as proxy, visitor(allow=[]) as someone:
        proxy.page("http://news.invalid/a", "through")

        page = through(someone, f"http://ana:secret@{proxy.host}").fetch("http://news.invalid/a")

    assert page.body == b"through"
    assert proxy.requests[-1].headers["Proxy-Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "via", ["socks5://127.0.0.1:9050", "socks4a://x:1", "ssh://x", "socks5h://", "http://h:port"]
)
def test_what_is_no_proxy_that_keeps_names_secret_is_a_configuration_error(via: str) -> None:
    with pytest.raises(ConfigError):
        Proxy.parse(via)


def test_tor_is_a_name_for_its_usual_door() -> None:
    assert Proxy.parse("tor").url == "socks5h://127.0.0.1:9050"
