"""Which addresses belong to one publisher."""

import pytest

from crawler.fetch.domains import is_same_house, registered_domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.voanews.com/a", "voanews.com"),
        ("https://khmer.voanews.com:8443/a", "voanews.com"),
        ("https://news.bbc.co.uk/", "bbc.co.uk"),
        ("https://a.gov.kh/", "a.gov.kh"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("nonsense", ""),
    ],
)
def test_the_registered_part_of_a_host_is_found(url: str, domain: str) -> None:
    assert registered_domain(url) == domain


def test_an_article_of_a_family_is_at_home_on_all_its_domains() -> None:
    assert is_same_house(
        "https://www.voacambodia.com/a/7000001.html", "https://khmer.voanews.com/a/x/7000001.html"
    )
    assert not is_same_house(
        "https://www.voacambodia.com/a/7000001.html", "https://casino.example/a/7000001.html"
    )
    assert not is_same_house("https://www.rfa.org/x", "https://rfa.example/x")
