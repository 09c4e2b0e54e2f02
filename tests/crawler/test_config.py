"""The configuration file: every mistake at once, each with its line and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import load
from crawler.config_find import find, find_if_any
from crawler.config_lines import key_lines, line_of
from crawler.secrets import masked, resolve, unresolved
from state.errors import ConfigError

GOOD = """\
[fetch]
user_agent = "desk (+https://example.org/monitor; desk@example.org)"

[sources.rfa-khmer]
site = "rfa"
feeds = ["https://www.rfa.org/arc/outboundfeeds/khmer/rss/"]

[channels.desk]
url = "env:DESK_URL"
digest = "07:00"

[[routes]]
to = ["desk"]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tocsin.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text))
    return tuple(problem.replace(f"{tmp_path}/", "") for problem in caught.value.problems)


def test_a_good_file_loads_without_a_warning(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, GOOD))

    assert loaded.warnings == ()
    assert loaded.base_dir == tmp_path
    assert loaded.settings.sources["rfa-khmer"].feeds


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_known_one(tmp_path: Path) -> None:
    text = GOOD.replace('site = "rfa"', 'site = "rfa"\nevry = "5m"')

    assert problems(tmp_path, text) == (
        'tocsin.toml line 6, "evry" is not known here, did you mean "every"?',
    )


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD + (
        '[store]\nmax_size = "many"\n[sources.voa]\nfeds = ["https://example.org/f"]\n'
        '[channels.mail]\ncontent = "secretive"\n'
    )

    told = problems(tmp_path, text)

    assert [line.partition(",")[0] for line in told] == [
        "tocsin.toml line 15",
        "tocsin.toml line 17",
        "tocsin.toml line 18",
        "tocsin.toml line 19",
    ]
    assert "write 500MB or 8GB" in told[0]
    assert 'did you mean "feeds"?' in told[1]
    assert '"url" is missing in channels.mail' in told[2]
    assert "'full' or 'discreet'" in told[3]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[fetch]\ndelay = 5s\n", "tocsin.toml line 2, "),
        ('[sources.a]\nfeeds = ["x"]\nfeeds = ["y"]\n', "tocsin.toml line 3, cannot overwrite a value"),
        ('[fech]\ndelay = "5s"\n', 'line 1, "fech" is not known here, did you mean "fetch"?'),
        ('[display]\ntimezone = "Asia/Phnom_Pen"\n', 'did you mean "Asia/Phnom_Penh"?'),
        ('[sources.a]\nsite = "rfa"\n', 'line 1, source "a" has no feeds, sitemaps, listings or topics'),
        ('[sources.a]\nfeeds = ["ftp://example.org/"]\n', 'line 2, "ftp://example.org/" is no address'),
        (
            '[rules]\npacks = ["defections"]\n',
            'line 2, there is no pack "defections", did you mean "defection"?',
        ),
        ('[rules]\nfiles = ["mine.yaml"]\n', 'line 2, no file fits "mine.yaml"'),
        ('[operator]\nto = ["dsk"]\n[channels.desk]\nurl = "json://127.0.0.1"\n', 'did you mean "desk"?'),
        ('[channels.desk]\nurl = "json://h"\nlimit = "20 per hour"\n', 'written like "20/10m"'),
        (
            '[channels.desk]\nurl = "json://h"\ndigest = "7"\n',
            "line 3, channels.desk.digest must be a time of day",
        ),
        (
            '[channels.d]\nurl = "json://h"\n[[routes]]\nto = ["d"]\n[[routes]]\nseverity = "high"\nto = ["d"]\n',
            "line 5, the last route must take everything",
        ),
        (
            '[channels.d]\nurl = "json://h"\n[[routes]]\nto = ["nobody"]\n[[routes]]\nto = ["d"]\n',
            'line 4, there is no channel "nobody"',
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    [problem] = problems(tmp_path, text)

    assert told in problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace('digest = "07:00"\n', ""), "line 8, no channel has a digest"),
        (
            GOOD.replace('site = "rfa"', 'every = "30s"'),
            'line 5, "rfa-khmer" is asked more than once a minute',
        ),
        (GOOD.replace('site = "rfa"', 'delay = "0s"'), "line 5, "),
        (GOOD.replace("[fetch]", '[fetch]\ndelay = "500ms"').replace("500ms", "0s"), "line 2, "),
        (GOOD.replace("desk (+https://example.org/monitor; desk@example.org)", "Mozilla/5.0"), "line 2, "),
        (GOOD.partition("[[routes]]")[0], "no [[routes]]: every alert goes to every channel"),
        (GOOD.partition("[channels")[0], "nobody is told"),
    ],
)
def test_what_is_allowed_but_unwise_is_a_warning(tmp_path: Path, text: str, told: str) -> None:
    [warning] = load(write(tmp_path, text)).warnings

    assert told in warning


def test_a_loopback_source_may_be_polled_without_pause(tmp_path: Path) -> None:
    text = GOOD.replace("https://www.rfa.org", "http://127.0.0.1:8080").replace(
        'site = "rfa"', 'every = "1s"\ndelay = "0s"'
    )

    assert load(write(tmp_path, text)).warnings == ()


def test_a_secret_never_stands_in_a_problem(tmp_path: Path) -> None:
    text = '[channels.desk]\nurl = 12345\nsecret = ["hunter2"]\n'

    told = " ".join(problems(tmp_path, text))

    assert "12345" not in told
    assert "hunter2" not in told


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, GOOD)
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setenv("TOCSIN_CONFIG", str(path))

    assert find() == path


def test_a_named_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        find_if_any(tmp_path / "other.toml")


def test_without_any_file_none_is_found_and_init_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOCSIN_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))

    assert find_if_any() is None
    with pytest.raises(ConfigError, match="tocsin init"):
        find()


def test_key_lines_see_through_strings_comments_and_arrays() -> None:
    text = '''\
title = """
[not.a.table]
key = 1
"""
list = [  # with a ] in the remark
  "a = 1",
  "]",
]
"quoted key".inner = 1
[[routes]]
to = 1
[[routes]]
to = 2
[routes.sub]
x = 1
'''

    lines = key_lines(text)

    assert lines[("title",)] == 1
    assert ("not", "a", "table") not in lines
    assert lines[("list",)] == 5
    assert lines[("quoted key", "inner")] == 9
    assert lines[("routes", 0, "to")] == 11
    assert lines[("routes", 1)] == 12
    assert lines[("routes", 1, "sub", "x")] == 15
    assert line_of(("routes", 1, "escalate", "to"), lines) == 12


def test_secrets_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk").write_text("json://example.org\n")
    monkeypatch.setenv("DESK_URL", "tgram://token/chat")

    assert resolve("env:DESK_URL", base_dir=tmp_path, what="x") == "tgram://token/chat"
    assert resolve("file:desk", base_dir=tmp_path, what="x") == "json://example.org"
    assert resolve("json://h", base_dir=tmp_path, what="x") == "json://h"


def test_a_missing_secret_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_URL", raising=False)
    loaded = load(write(tmp_path, GOOD))

    assert unresolved(loaded.settings, tmp_path) == [
        "channels.desk.url: the environment variable DESK_URL is not set; export DESK_URL=…, then try again"
    ]


def test_shown_settings_hold_no_secret(tmp_path: Path) -> None:
    text = GOOD.replace("env:DESK_URL", "tgram://12345:token/chat").replace(
        "https://www.rfa.org", "https://me:pass@www.rfa.org"
    )
    text += '[heartbeat]\nurl = "https://hc.example/uuid-uuid"\n[store]\nurl = "postgresql://u:pw@h/db"\n'

    shown = str(masked(load(write(tmp_path, text)).settings.model_dump(mode="json", by_alias=True)))

    assert not any(secret in shown for secret in ("12345", "token", "pass@", "uuid-uuid", "pw@"))
    assert "tgram://***" in shown


def test_every_choice_of_privacy_has_an_effect(tmp_path: Path) -> None:
    text = '[privacy]\nusernames = "pseudonym"\ncomments = "match-only"\n'

    warnings = load(write(tmp_path, text)).warnings

    assert not any("no effect" in str(warning) for warning in warnings)
