"""``tocsin config``: check, show and describe the configuration."""

from __future__ import annotations

import json
from typing import Any

import click

from crawler.cli.ending import DONE, FAILED, Ending, count
from crawler.cli.frame import Invocation, Noun, emit
from crawler.config import Loaded
from state.errors import ConfigError


@click.group("config", cls=Noun)
def command() -> None:
    """Check, show or describe the configuration."""


@command.command("check")
@click.pass_obj
def check(invocation: Invocation) -> Ending:
    """Report every mistake in the configuration at once, and what is allowed but unwise."""
    loaded = invocation.load()
    missing, bad_rules = _missing_secrets(loaded), _bad_rules(loaded)
    problems = [*missing, *bad_rules]
    if invocation.as_json:
        emit(json.dumps({"file": str(loaded.path), "problems": problems, "warnings": list(loaded.warnings)}))
    else:
        for warning in loaded.warnings:
            click.echo(f"warning: {warning}", err=True)
    if missing:
        raise ConfigError(f"{len(problems)} mistakes", problems=tuple(problems))
    for problem in bad_rules:
        click.echo(problem, err=True)
    if bad_rules:
        found = count(len(bad_rules), "mistake")
        return Ending(f"{loaded.path} can be used, but {found} in rule files", FAILED, "tocsin rules check")
    warned = f"; {count(len(loaded.warnings), 'warning')} above" if loaded.warnings else ""
    return Ending(f"Done. {loaded.path} can be used{warned}", DONE)


def _missing_secrets(loaded: Loaded) -> list[str]:
    from crawler.secrets import unresolved

    return unresolved(loaded.settings, loaded.base_dir)


def _bad_rules(loaded: Loaded) -> list[str]:
    from crawler.rulefiles import load_configured

    return [str(error) for error in load_configured(loaded.settings, loaded.base_dir).errors]


@command.command("show")
@click.pass_obj
def show(invocation: Invocation) -> Ending:
    """Print the values in force, defaults included, secrets masked."""
    from crawler.secrets import masked

    loaded = invocation.load()
    values = masked(loaded.settings.model_dump(mode="json", by_alias=True))
    if invocation.as_json:
        emit(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        for line in _toml_lines(values):
            emit(line)
    return Ending(f"Done. {loaded.path}, secrets masked", DONE)


def _toml_lines(table: dict[str, Any], path: str = "") -> list[str]:
    """Return a table as TOML; keys without a value are left out."""
    plain = {key: value for key, value in table.items() if value is not None and not _is_table(value)}
    tables = {key: value for key, value in table.items() if _is_table(value)}
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items()]
    if path and plain:
        lines = [f"[{path}]", *lines, ""]
    for key, value in tables.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(value, dict):
            lines += _toml_lines(value, name)
        else:
            for item in value:
                body = [f"{k} = {_toml(v)}" for k, v in item.items() if v is not None]
                lines += [f"[[{name}]]", *body, ""]
    return lines


def _is_table(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value)
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@command.command("schema")
def schema() -> Ending:
    """Print the JSON Schema of the configuration, every key described."""
    from crawler.settings import Settings

    emit(json.dumps(Settings.model_json_schema(by_alias=True), ensure_ascii=False, indent=2))
    return Ending("Done. Every key is described above", DONE)
