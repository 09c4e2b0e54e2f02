"""The rules that a verb was asked about: named ones, else the configuration's, else the shipped packs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.cli.frame import Invocation
from state.errors import ConfigError

if TYPE_CHECKING:
    from rules.compile import LoadedRules, Ruleset

DEFAULT_PACKS = ("defection", "dissolution")


def compiled(invocation: Invocation, names: Sequence[str]) -> LoadedRules:
    """Return the named rules (pack names or paths), else the configuration's, else the shipped packs."""
    from crawler.rulefiles import load_configured, load_named

    if names:
        return load_named(names)
    loaded = invocation.load_if_any()
    if loaded is None:
        return load_named(DEFAULT_PACKS)
    return load_configured(loaded.settings, loaded.base_dir)


def usable(invocation: Invocation, names: Sequence[str]) -> Ruleset:
    """Return the rules as ``compiled`` finds them.

    Raises:
        ConfigError: One of them has a mistake; all mistakes are listed.
    """
    found = compiled(invocation, names)
    if found.errors:
        problems = tuple(str(error) for error in found.errors)
        raise ConfigError("rules", problems=problems, hint="mend them, then `tocsin rules check`")
    return found.ruleset
