"""The fake site answers as a real one would."""

import urllib.error
import urllib.request

import pytest

from tests.support.fake_site import Answer, FakeSite


def test_a_page_is_served_and_remembered() -> None:
    with FakeSite() as site:
        site.page("/a", "<p>ក</p>")

        with urllib.request.urlopen(site.url + "/a") as answer:
            assert answer.read().decode() == "<p>ក</p>"

        assert site.count("/a") == 1


def test_a_known_validator_is_answered_with_304() -> None:
    with FakeSite() as site:
        site.page("/a", "x", etag='"1"')
        request = urllib.request.Request(site.url + "/a", headers={"If-None-Match": '"1"'})

        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        refused.value.close()

        assert refused.value.code == 304


def test_answers_come_in_turn_and_the_last_stays() -> None:
    with FakeSite() as site:
        site.answer("/a", Answer(503), Answer(200, b"ok"))

        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(site.url + "/a")
        refused.value.close()

        for _ in range(2):
            with urllib.request.urlopen(site.url + "/a") as answer:
                assert answer.read() == b"ok"
