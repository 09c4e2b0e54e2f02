"""The site that jobs read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.fake_site import FakeSite


@pytest.fixture
def site() -> Iterator[FakeSite]:
    with FakeSite() as running:
        yield running
