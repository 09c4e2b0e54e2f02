"""The units start the daemon as systemd expects, and give it nothing of the machine but what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.service import Service, service_of, sysusers, units
from crawler.settings import Settings
from tests.support import killer

ROOT = Path(__file__).resolve().parents[2]
STANDARD = Service(
    Path("/opt/tocsin/bin/tocsin"), Path("/etc/tocsin/tocsin.toml"), (Path("/var/lib/tocsin"),)
)
CONFIG = """
[store]
url = "sqlite:///data/state.db"
archive = "data/archive/"

[fetch]
user_agent = "tocsin (+https://example.org/monitor; desk@example.org)"

[sources.example]
site = "generic"
feeds = ["https://news.example.org/feed"]
"""


def directives(text: str) -> list[str]:
    return [line for line in text.splitlines() if "=" in line and not line.startswith("#")]


def test_the_daemon_is_watched_restarted_and_its_death_is_told() -> None:
    daemon = directives(units(STANDARD)["tocsin.service"])

    assert "Type=notify" in daemon
    assert "WatchdogSec=2min" in daemon
    assert "OnFailure=tocsin-failed.service" in daemon
    assert "RestartPreventExitStatus=2" in daemon
    assert "ExecStart=/opt/tocsin/bin/tocsin --config /etc/tocsin/tocsin.toml run" in daemon


def test_only_the_folders_of_the_configuration_can_be_written() -> None:
    settings = Settings.model_validate(
        {"store": {"url": "sqlite:///data/state.db", "archive": "kept/archive"}}
    )

    service = service_of(settings, Path("/srv/watch/tocsin.toml"), Path("/opt/tocsin/bin/tocsin"))
    daemon = directives(units(service)["tocsin.service"])

    assert [line for line in daemon if line.startswith("ReadWritePaths=")] == [
        "ReadWritePaths=/srv/watch/kept",
        "ReadWritePaths=/srv/watch/data",
    ]
    assert "ProtectSystem=strict" in daemon
    assert "ProtectHome=yes" in daemon


def test_paths_with_spaces_and_percent_signs_stay_whole() -> None:
    odd = Service(Path("/opt/a b/tocsin"), Path("/etc/100%/tocsin.toml"), ())

    assert "ExecStart='/opt/a b/tocsin' --config /etc/100%%/tocsin.toml run" in units(odd)["tocsin.service"]


@pytest.mark.parametrize("name", ["tocsin.service", "tocsin-failed.service"])
def test_the_units_beside_the_documents_are_the_ones_that_are_installed(name: str) -> None:
    assert (ROOT / "deploy" / name).read_text("utf-8") == units(STANDARD)[name]
    assert (ROOT / "deploy" / "sysusers.conf").read_text("utf-8") == sysusers()


def install(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "tocsin.toml").write_text(CONFIG)
    return subprocess.run(
        [Path(sys.executable).with_name("tocsin"), "service", "install", *options],
        cwd=folder,
        env=killer.environment({"XDG_CONFIG_HOME": str(folder / "config")}),
        input="n\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_users_service_is_shown_written_and_checked(tmp_path: Path) -> None:
    done = install(tmp_path, "--user", "--yes")
    unit = (tmp_path / "config/systemd/user/tocsin.service").read_text()

    assert done.returncode == 0, done.stderr
    assert unit in done.stdout
    assert f"--config {tmp_path / 'tocsin.toml'} run" in unit
    assert "opens and is up to date" in done.stdout
    assert "systemctl --user enable --now tocsin" in done.stdout


def test_a_machines_service_ends_in_what_root_must_type(tmp_path: Path) -> None:
    done = install(tmp_path, "--root", str(tmp_path / "root"), "--yes")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "root/etc/sysusers.d/tocsin.conf").read_text() == sysusers()
    assert f"chown -R tocsin: {tmp_path / 'tocsin.toml'}" in done.stdout
    assert not (tmp_path / "data").exists(), "root must not make the service's database its own"


def test_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    done = install(tmp_path, "--user")

    assert done.returncode != 0
    assert not (tmp_path / "config").exists()


@pytest.mark.systemd
def test_systemd_takes_the_units_and_rates_them_safe(tmp_path: Path) -> None:
    for name, text in units(STANDARD).items():
        (tmp_path / name).write_text(text.replace("/opt/tocsin/bin/tocsin", "/bin/true"))
    (tmp_path / "sysusers.conf").write_text(sysusers())
    daemon = tmp_path / "tocsin.service"

    for command in (
        ["systemd-analyze", "verify", str(daemon)],
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(daemon)],
        ["systemd-sysusers", "--dry-run", str(tmp_path / "sysusers.conf")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
