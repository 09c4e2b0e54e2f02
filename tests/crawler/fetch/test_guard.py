"""The private-address guard, by itself."""

import ipaddress

import pytest

from crawler.fetch.guard import Allow, check_host, check_url, is_public
from state.errors import ConfigError, FetchError, UnsafeAddressError

NOTHING = Allow()


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "::",
        "fe80::1", "fc00::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:7f00:1::", "224.0.0.1", "ff02::1", "192.88.99.1", "255.255.255.255", "198.18.0.1", "::127.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "gopher://x/",
        "data:text/html,x",
        "http://",
        "http:///a",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "https://169.254.169.254/latest/meta-data",
        "http://localhost:8080/",
        "http://printer.local/",
        "http://db.internal/",
    ],
)
def test_addresses_are_refused_by_their_spelling(url: str) -> None:
    with pytest.raises(UnsafeAddressError):
        check_url(url, NOTHING)


def test_an_unreadable_address_is_an_error_and_no_crash() -> None:
    with pytest.raises(FetchError):
        check_url("http://news.example:port/", NOTHING)


def test_a_public_address_passes() -> None:
    check_url("https://news.example/a?b=c", NOTHING)


def test_the_allow_list_lets_pass_exactly_what_it_names() -> None:
    allow = Allow.parse(["127.0.0.1:8080", "10.0.0.0/8", "wiki.lan", "[::1]:99"])

    check_url("http://127.0.0.1:8080/", allow)
    check_url("http://10.9.8.7/", allow)
    check_url("http://wiki.lan/", allow)
    check_url("http://[::1]:99/", allow)
    for url in ("http://127.0.0.1:8081/", "http://192.168.0.1/", "http://[::1]/", "http://169.254.169.254/"):
        with pytest.raises(UnsafeAddressError):
            check_url(url, allow)


@pytest.mark.parametrize("entry", ["", "10.0.0.0/99", "a/b", "host:port", "host:0", "host:70000"])
def test_an_entry_that_is_none_is_a_configuration_error(entry: str) -> None:
    with pytest.raises(ConfigError):
        Allow.parse([entry])


def test_a_resolved_host_is_refused_unless_allowed() -> None:
    with pytest.raises(UnsafeAddressError, match="localhost"):
        check_host("localhost", 80, NOTHING)

    assert "127.0.0.1" in check_host("127.0.0.1", 80, Allow.parse(["127.0.0.0/8"]))


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"])
def test_odd_spellings_of_loopback_are_refused_once_resolved(spelling: str) -> None:
    with pytest.raises(FetchError):
        check_host(spelling, 80, NOTHING)
