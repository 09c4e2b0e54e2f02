"""A host is knocked at in its own pace, whoever knocks, and what it asked for is kept to."""

from tests.state.store.made import DAY, HOUR, MINUTE, NOON, SECOND


def test_moments_at_a_host_are_given_out_one_after_the_other(store):
    with store.begin() as tx:
        moments = [tx.hosts.reserve("a.example", NOON, 5 * SECOND) for _ in range(3)]

        assert moments == [NOON, NOON + 5 * SECOND, NOON + 10 * SECOND]
        assert tx.hosts.reserve("a.example", NOON + MINUTE, SECOND) == NOON + MINUTE
        assert tx.hosts.reserve("b.example", NOON, SECOND) == NOON


def test_nobody_knocks_before_a_host_said_so(store):
    with store.begin() as tx:
        assert tx.hosts.note_failure("a.example", "503", retry_after_until=NOON + HOUR) == 1
        assert tx.hosts.note_failure("a.example", "503", retry_after_until=NOON + MINUTE) == 2
        assert tx.hosts.reserve("a.example", NOON, SECOND) == NOON + HOUR
        row = tx.hosts.get("a.example")
        assert (row.failures, row.last_error, row.retry_after_until) == (2, "503", NOON + HOUR)

        tx.hosts.note_success("a.example")

        row = tx.hosts.get("a.example")
        assert (row.failures, row.last_error, row.retry_after_until) == (0, "", None)
        assert tx.hosts.reserve("a.example", NOON + 2 * HOUR, SECOND) == NOON + 2 * HOUR


def test_robots_are_kept_beside_the_pace(store):
    with store.begin() as tx:
        tx.hosts.reserve("a.example", NOON, SECOND)
        tx.hosts.put_robots(
            "a.example", body=b"User-agent: *\xff", status=200, fetched_at=NOON, expires_at=NOON + DAY
        )
        row = tx.hosts.get("a.example")

    assert (row.robots_body, row.robots_status) == (b"User-agent: *\xff", 200)
    assert (row.robots_fetched_at, row.robots_expires_at) == (NOON, NOON + DAY)
    assert row.next_at == NOON + SECOND


def test_an_unknown_host_is_none(store):
    with store.read() as tx:
        assert tx.hosts.get("a.example") is None
