"""``tocsin service``: the daemon under systemd, installed once and forgotten."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import cast

import click

from crawler.cli.doctor import command as doctor
from crawler.cli.ending import FAILED, UNDELIVERED, Ending
from crawler.cli.frame import Invocation, Noun
from crawler.service import NAME, Service, service_of, sysusers, units
from state.errors import ConfigError

_SYSTEM = Path("etc/systemd/system")
_SYSUSERS = Path(f"etc/sysusers.d/{NAME}.conf")


@click.group("service", cls=Noun)
def command() -> None:
    """Run the daemon under systemd."""


@command.command("install")
@click.option("--user", "is_users", is_flag=True, help="for your own account, without root")
@click.option("--root", type=click.Path(path_type=Path), default=Path("/"), hidden=True)
@click.option("--yes", is_flag=True, help="do not ask")
@click.pass_obj
def installed(invocation: Invocation, /, is_users: bool, root: Path, yes: bool) -> Ending:
    """Show the unit files, write them, and check with doctor what the service will need."""
    loaded = invocation.load()
    program = Path(sys.argv[0]).absolute()
    if not program.is_file():
        raise ConfigError(f"cannot tell where tocsin is installed: {program}", hint="run it by its full path")
    service = service_of(loaded.settings, loaded.path.absolute(), program, is_users=is_users)
    files = _files(units(service), is_users=is_users, root=root)
    for path, text in files.items():
        click.echo(f"# {path}\n{text}")
    if not yes:
        click.confirm(f"Write {len(files)} files?", abort=True, err=True)
    try:
        _write(files)
    except PermissionError as error:
        return Ending(
            f"Cannot write {error.filename}: {error.strerror}", FAILED, "the same with sudo, or --user"
        )
    if not is_users:
        click.echo("As root, in this order:")
        for line in _steps(service, loaded.path):
            click.echo(f"  {line}")
        return Ending("Done. The units are written; the lines above start the service")
    checked = cast("Ending", click.get_current_context().invoke(doctor, offline=True, channels=()))
    begin = f"systemctl --user daemon-reload && systemctl --user enable --now {NAME}"
    if checked.code:
        return Ending("The units are written, but doctor found a fault", FAILED, f"mend it, then {begin}")
    return Ending("Done. The units are written", next_step=begin)


def _write(files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _steps(service: Service, config: Path) -> Iterator[str]:
    """Yield what root types: the account, what belongs to it, the start, and the check as that account."""
    yield "systemd-sysusers"
    for path in (config, *(folder for folder in service.writes if folder.exists())):
        yield f"chown -R {NAME}: {quote(str(path))}"
    yield f"systemctl daemon-reload && systemctl enable --now {NAME}"
    yield f"runuser -u {NAME} -- {quote(str(service.command))} --config {quote(str(config))} doctor"


def _files(texts: dict[str, str], *, is_users: bool, root: Path) -> dict[Path, str]:
    if is_users:
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return {home / "systemd/user" / name: text for name, text in texts.items()}
    return {root / _SYSTEM / name: text for name, text in texts.items()} | {root / _SYSUSERS: sysusers()}


@command.command("failed")
@click.pass_obj
def failed(invocation: Invocation, /) -> Ending:
    """Tell the operator's channels that the daemon does not run; systemd calls this."""
    from crawler.app import App
    from crawler.chores import tell_operator
    from crawler.fetch.loop import run_async
    from crawler.jobs.deliver import DeliverResult, deliver_all_now

    async def tell(app: App) -> DeliverResult:
        lines = ["It was started again several times and gave up.", f"Look at: journalctl -u {NAME} -n 50"]
        await tell_operator(
            app, f"the daemon does not run any more ({app.clock.now():%Y-%m-%d %H:%M} UTC)", lines
        )
        return await deliver_all_now(app)

    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        result = run_async(tell(app))
    if result.waiting:
        return Ending("The operator could not be told", UNDELIVERED, "tocsin messages list")
    return Ending("Done. The operator was told")
