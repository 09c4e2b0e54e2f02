"""Settings become the values that alerts are decided with."""

from __future__ import annotations

from datetime import time, timedelta

from crawler.policy import policy_of
from crawler.settings import Settings
from rules.alerts.policy import Limit, Quiet
from state.records import Severity


def settings(**tables: object) -> Settings:
    return Settings.model_validate(
        {"channels": {"desk": {"url": "json://h"}, "mail": {"url": "json://h", "digest": "07:00"}}, **tables}
    )


def test_without_routes_every_channel_hears_everything_and_of_our_own_troubles() -> None:
    policy = policy_of(settings())

    assert [route.to for route in policy.routes] == [("desk", "mail")]
    assert policy.operator == ("desk", "mail")


def test_the_last_route_hears_of_our_own_troubles_unless_an_operator_is_named() -> None:
    routes = [{"to": ["desk", "mail"], "severity": "high"}, {"to": ["mail"]}]

    assert policy_of(settings(routes=routes)).operator == ("mail",)
    assert policy_of(settings(routes=routes, operator={"to": ["desk"]})).operator == ("desk",)


def test_every_key_of_a_channel_and_a_route_arrives() -> None:
    policy = policy_of(
        settings(
            display={"timezone": "Asia/Phnom_Penh"},
            channels={
                "desk": {
                    "url": "json://h",
                    "digest": "06:45",
                    "digest_below": "high",
                    "limit": "20/10m",
                    "quiet": {"from": "22:00", "until": "06:30", "except": "high"},
                }
            },
            routes=[
                {
                    "to": ["desk"],
                    "severity": "high",
                    "kinds": ["defection"],
                    "group_wait": "5m",
                    "repeat": "4h",
                    "escalate": {"after": "1h", "to": ["desk"]},
                },
                {"to": ["desk"]},
            ],
        )
    )

    channel, route = policy.channel("desk"), policy.routes[0]
    assert channel.digest == time(6, 45)
    assert channel.digest_below is Severity.HIGH
    assert channel.limit == Limit(20, timedelta(minutes=10))
    assert channel.quiet == Quiet(time(22), time(6, 30), Severity.HIGH)
    assert route.severity is Severity.HIGH
    assert route.group_wait == timedelta(minutes=5)
    assert route.repeat == timedelta(hours=4)
    assert route.escalate is not None
    assert route.escalate.after == timedelta(hours=1)
    assert str(policy.zone) == "Asia/Phnom_Penh"
