"""Exit codes, last lines and what a fault leaves behind, on the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli.entry import VERBS
from crawler.cli.fault import describe

ROOT = Path(__file__).resolve().parents[3]
START = "from crawler.cli import main; main()"


def tocsin(*arguments: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(cwd / "xdg")}
    environment.pop("TOCSIN_CONFIG", None)
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        **options,
    )


def modules_after(*arguments: str, cwd: Path) -> set[str]:
    code = (
        "import sys\nfrom crawler.cli.entry import run\n"
        f"run({list(arguments)!r})\nprint('modules:', *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return set(done.stderr.rpartition("modules:")[2].split())


def test_help_lists_every_verb_without_importing_what_they_use(tmp_path: Path) -> None:
    done = tocsin("--help", cwd=tmp_path)

    assert done.returncode == 0
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    assert not {"scrapy", "pydantic", "sqlalchemy", "rich"} & modules_after("--help", cwd=tmp_path)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, tmp_path: Path) -> None:
    done = tocsin(verb, "--help", cwd=tmp_path)

    assert done.returncode == 0
    assert "--config FILE" in done.stdout


def test_an_unknown_verb_is_a_usage_error_that_names_the_nearest(tmp_path: Path) -> None:
    done = tocsin("mtach", cwd=tmp_path)

    assert done.returncode == 2
    assert "Did you mean 'match'?" in done.stderr


def test_common_options_are_taken_before_and_after_the_verb(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[channels.desk]\nurl = "json://127.0.0.1"\ndigest = "07:00"\n')

    before = tocsin("--config", "mine.toml", "--json", "config", "show", cwd=tmp_path)
    after = tocsin("config", "show", "--json", "--config", "mine.toml", cwd=tmp_path)

    assert before.returncode == after.returncode == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)
    assert json.loads(after.stdout)["channels"]["desk"]["url"] == "json://***"


def test_a_mistake_in_the_configuration_ends_in_the_sentence_of_the_desk(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('[sources.a]\nfeeds = ["http://127.0.0.1/"]\nevry = "5m"\n')

    done = tocsin("config", "check", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        'Nothing was changed: tocsin.toml line 3, "evry" is not known here, did you mean "every"?'
    )


def test_a_file_that_is_not_there_ends_with_exit_1_and_no_traceback(tmp_path: Path) -> None:
    done = tocsin("read", "absent.html", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == "Cannot read absent.html: No such file or directory.\n"
    assert done.stdout == ""


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    document = tmp_path / "a.json"
    document.write_text(
        json.dumps({"title": "T", "sections": [{"heading": None, "paragraphs": ["P. " * 50000]}]})
    )
    command = f'"{sys.executable}" -c "{START}" read a.json | head -c 10; exit "${{PIPESTATUS[0]}}"'

    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_fault_report_holds_places_but_no_message() -> None:
    def fail(secret: str) -> None:
        raise ValueError(f"cannot send to {secret}")

    try:
        try:
            fail("tgram://token")
        except ValueError as error:
            raise KeyError("article text") from error
    except KeyError as error:
        report = describe(error)

    assert "token" not in report.replace('fail("tgram://token")', "")
    assert "builtins.KeyError" in report
    assert "builtins.ValueError" in report
    assert "test_entry.py" in report


def test_init_writes_a_configuration_that_check_accepts(tmp_path: Path) -> None:
    made = tocsin(
        "init", "--yes", "--source", "rfa-khmer", "--channel", "desk=json://127.0.0.1:9/secret",
        "--contact", "desk@example.org", "--quiet", "22:00-06:30", cwd=tmp_path,
    )  # fmt: skip
    checked = tocsin("config", "check", cwd=tmp_path)

    assert made.returncode == 0
    assert checked.returncode == 0, checked.stderr
    assert "secret" not in (tmp_path / "tocsin.toml").read_text().replace("file:secrets", "")
    assert (tmp_path / "secrets" / "desk.url").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "tocsin.toml").stat().st_mode & 0o777 == 0o600


def test_init_replaces_nothing_unasked(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("# mine\n")

    done = tocsin("init", "--yes", cwd=tmp_path)

    assert done.returncode == 1
    assert (tmp_path / "tocsin.toml").read_text() == "# mine\n"


@pytest.mark.parametrize("flag", [("--feed", "My Feed=https://x.example/feed"), ("--operator", "nobody")])
def test_init_leaves_nothing_behind_when_an_answer_cannot_be_used(
    flag: tuple[str, str], tmp_path: Path
) -> None:
    done = tocsin("init", "--yes", "--channel", "desk=json://127.0.0.1:9/secret", *flag, cwd=tmp_path)

    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("Nothing was changed: ")
    assert not (tmp_path / "tocsin.toml").exists()
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("plan", b"\x00\x01\x02\xff picture", "not text, nor JSON, nor a page"),
        ("broken.json", b'{"title":', "not JSON"),
        ("other.json", b'{"title": "t"}', "sections is missing"),
    ],
)
def test_what_cannot_be_read_is_named_as_its_file_is_called(
    name: str, body: bytes, why: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(body)

    done = tocsin("read", name, cwd=tmp_path)
    matched = tocsin("match", name, cwd=tmp_path)

    assert done.returncode == matched.returncode == 1
    assert done.stderr.startswith(f"Cannot read {name}: {why}")
    assert why in json.loads(matched.stdout)["error"]


def test_a_rule_that_is_over_already_is_not_written(tmp_path: Path) -> None:
    done = tocsin("rules", "new", "late", "--phrase", "words", "--until", "2020-01-01", cwd=tmp_path)

    assert done.returncode == 2
    assert "--until 2020-01-01 is over" in done.stdout
    assert not (tmp_path / "my-rules").exists()


def test_a_full_disk_ends_in_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", START, "config", "schema"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "This could not be written: No space left on device. Next: "
    )
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "last-error.txt").exists()
