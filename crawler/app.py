"""The only place where parts are joined: store, rules, policy, channels, guard, clock and log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from crawler.fetch.guard import Allow
from crawler.policy import policy_of
from crawler.pseudonyms import Pseudonyms
from crawler.rulefiles import compile_files, load_configured
from crawler.settings import Settings
from rules.alerts.policy import Policy
from rules.compile import Ruleset
from state.clock import Clock, SystemClock
from state.errors import ConfigError, RuleError
from state.store.store import Store

if TYPE_CHECKING:
    from crawler.notify.channel import Channel

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Watch:
    """What a reload replaces whole: settings, rules, policy and channels that belong together."""

    settings: Settings
    ruleset: Ruleset
    policy: Policy
    channels: Mapping[str, Channel]
    allow: Allow
    #: Rule files that could not be used; the good ones are in force.
    rule_errors: tuple[RuleError, ...] = ()
    #: What hides users' names before anything is stored; None where names are kept.
    names: Pseudonyms | None = None


class App:
    """Everything that a verb, a job or the daemon works with.

    ``wake_deliver`` is set by whoever commits a promise, ``wake_poll`` by
    whoever wants a source looked at now; who sleeps on them clears them.
    """

    def __init__(self, watch: Watch, *, store: Store, clock: Clock, base_dir: Path) -> None:
        self._watch = watch
        #: Folder that relative paths of the configuration start from.
        self.base_dir = base_dir
        self.store = store
        self.clock = clock
        self.log = structlog.stdlib.get_logger("tocsin")
        self.wake_deliver = asyncio.Event()
        self.wake_poll = asyncio.Event()

    @classmethod
    @contextmanager
    def open(
        cls, settings: Settings, *, base_dir: Path, clock: Clock | None = None, store: Store | None = None
    ) -> Iterator[App]:
        """Join the parts for the time of a ``with`` block; the store is the configured one unless given.

        Raises:
            ConfigError: A secret is missing or a channel's address is not understood.
            StoreError: The database cannot be opened.
        """
        watch = assemble(settings, base_dir)
        store = store or Store.open(store_url(settings, base_dir))
        try:
            yield cls(watch, store=store, clock=clock or SystemClock(), base_dir=base_dir)
        finally:
            store.close()

    @classmethod
    @contextmanager
    def passing_by(cls, settings: Settings, *, base_dir: Path, clock: Clock | None = None) -> Iterator[App]:
        """Join what a single fetch needs: manners and guard, but no rules, no channels, and nothing kept."""
        watch = Watch(
            settings=settings,
            ruleset=compile_files(()).ruleset,
            policy=Policy(routes=()),
            channels={},
            allow=Allow.parse(settings.network.allow_private),
        )
        store = Store.in_memory()
        try:
            yield cls(watch, store=store, clock=clock or SystemClock(), base_dir=base_dir)
        finally:
            store.close()

    @property
    def settings(self) -> Settings:
        """Return the configuration in force."""
        return self._watch.settings

    @property
    def ruleset(self) -> Ruleset:
        """Return the rules in force."""
        return self._watch.ruleset

    @property
    def rule_errors(self) -> tuple[RuleError, ...]:
        """Return why some rule files are not in force."""
        return self._watch.rule_errors

    @property
    def policy(self) -> Policy:
        """Return who hears what, when."""
        return self._watch.policy

    @property
    def names(self) -> Pseudonyms | None:
        """Return what hides users' names before anything is stored; None where names are kept."""
        return self._watch.names

    @property
    def channels(self) -> Mapping[str, Channel]:
        """Return the channels by name."""
        return self._watch.channels

    @property
    def allow(self) -> Allow:
        """Return what the private-address guard lets pass."""
        return self._watch.allow

    def reload(self, settings: Settings) -> None:
        """Put new settings in force, all of them or none.

        Raises:
            ConfigError: Something in them or in a rule file is wrong; the old stay.
        """
        watch = assemble(settings, self.base_dir, keep_rules=False)
        if watch.rule_errors:
            problems = tuple(str(error) for error in watch.rule_errors)
            raise ConfigError(f"{len(problems)} rule files are wrong; the old rules stay", problems=problems)
        self._watch = watch
        # Only now, so that nothing waits for the disk before it is in force.
        load_configured(settings, self.base_dir)


def assemble(settings: Settings, base_dir: Path, *, keep_rules: bool = True) -> Watch:
    """Return what settings mean: rules compiled, channels opened.

    Raises:
        ConfigError: A secret is missing or a channel's address is not understood.
        InputError: The key of the pseudonyms is damaged.
    """
    from crawler.notify.opening import open_channels

    compiled = load_configured(settings, base_dir, keep=keep_rules)
    allow = Allow.parse(settings.network.allow_private)
    return Watch(
        settings=settings,
        ruleset=compiled.ruleset,
        policy=policy_of(settings),
        channels=open_channels(settings, base_dir=base_dir, allow=allow),
        allow=allow,
        rule_errors=tuple(compiled.errors),
        names=Pseudonyms(base_dir) if settings.privacy.usernames == "pseudonym" else None,
    )


def store_url(settings: Settings, base_dir: Path) -> str:
    """Return the database's address, a relative SQLite path taken from the configuration's folder."""
    url = settings.store.url
    if url.startswith(_SQLITE):
        return f"{_SQLITE}{base_dir / url.removeprefix(_SQLITE)}"
    return url


def sqlite_file(settings: Settings, base_dir: Path) -> Path | None:
    """Return the SQLite file, None where the database is a server."""
    url = store_url(settings, base_dir)
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def archive_path(settings: Settings, base_dir: Path) -> Path:
    """Return the folder of WARC files; it may not be there yet."""
    return base_dir / settings.store.archive
