"""Units for systemd: the daemon as a service of this machine, or of one user.

Directives are those of systemd.exec(5) and systemd.service(5).  What the daemon
may do is shut down to what it needs: the network, its own folders, and nothing
else of the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from crawler.app import archive_path, sqlite_file
from crawler.settings import Settings

NAME = "tocsin"
_USER = "tocsin"
_HOMES = ("/home", "/root", "/run/user")

_SHUT_IN = """\
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
DevicePolicy=closed
ProtectSystem=strict
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RemoveIPC=yes
KeyringMode=private
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM"""


@dataclass(frozen=True, slots=True)
class Service:
    """What the units are made from: the command, its configuration and the folders it writes."""

    command: Path
    config: Path
    writes: tuple[Path, ...]
    is_users: bool = False


def service_of(settings: Settings, config: Path, command: Path, *, is_users: bool = False) -> Service:
    """Return the service that runs a configuration; all paths are absolute."""
    base = config.parent
    database = sqlite_file(settings, base)
    folders = [archive_path(settings, base).parent, *([database.parent] if database else [])]
    if settings.feeds.folder is not None:
        folders.append((base / settings.feeds.folder).parent)
    writes = tuple(dict.fromkeys(folder.resolve() for folder in folders))
    return Service(command, config, writes, is_users)


def units(service: Service) -> dict[str, str]:
    """Return the unit files by name."""
    return {f"{NAME}.service": _daemon(service), f"{NAME}-failed.service": _failed(service)}


def sysusers() -> str:
    """Return the fragment for sysusers.d(5) that makes the account the service runs under."""
    return f'u {_USER} - "Tocsin news watch" /var/lib/{NAME}\n'


def _daemon(service: Service) -> str:
    return "\n".join(
        [
            "[Unit]",
            "Description=Tocsin: rings when a politician changes sides or a party is dissolved",
            "Wants=network-online.target",
            "After=network-online.target",
            f"OnFailure={NAME}-failed.service",
            "StartLimitIntervalSec=10min",
            "StartLimitBurst=5",
            "",
            "[Service]",
            "Type=notify",
            "NotifyAccess=main",
            f"ExecStart={_exec(service, 'run')}",
            "ExecReload=kill -HUP $MAINPID",
            "WatchdogSec=2min",
            "TimeoutStartSec=10min",  # an upgrade migrates the database first
            "TimeoutStopSec=60",
            "Restart=on-failure",
            "RestartSec=10",
            "# 2: the configuration is wrong, and stays wrong until somebody mends it",
            "RestartPreventExitStatus=2",
            *_confined(service),
            "",
            "[Install]",
            f"WantedBy={'default' if service.is_users else 'multi-user'}.target",
            "",
        ]
    )


def _failed(service: Service) -> str:
    return "\n".join(
        [
            "[Unit]",
            "Description=Tell the operator that Tocsin does not run",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart={_exec(service, 'service failed')}",
            *_confined(service),
            "",
        ]
    )


def _exec(service: Service, verb: str) -> str:
    # A percent sign in a path would be a specifier.
    paths = [quote(str(path)).replace("%", "%%") for path in (service.command, service.config)]
    return f"{paths[0]} --config {paths[1]} {verb}"


def _confined(service: Service) -> Iterator[str]:
    """Yield what shuts the process in; a user's own manager cannot do most of it."""
    if service.is_users:
        yield "UMask=0077"
        yield "NoNewPrivileges=yes"
        return
    yield f"User={_USER}"
    yield f"Group={_USER}"
    yield f"StateDirectory={NAME}"
    yield "StateDirectoryMode=0700"
    for folder in service.writes:
        if folder != Path("/var/lib") / NAME:
            yield f"ReadWritePaths={str(folder).replace('%', '%%')}"
    yield _SHUT_IN
    paths = (service.command, service.config, *service.writes)
    yield f"ProtectHome={'read-only' if any(str(p).startswith(_HOMES) for p in paths) else 'yes'}"
