"""The configuration file: found, read, and every mistake in it told at once.

A problem reads ``tocsin.toml line 14, "evry" is not known here, did you mean
"every"?``.  Relative paths are relative to the file.  Secrets are not read
here: verbs that need none work without them.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from crawler.config_checks import Finding, cross_check
from crawler.config_lines import KeyPath, key_lines, line_of
from crawler.settings import Settings
from state.errors import ConfigError

_MAX_BYTES = 4_000_000
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that can be used; ``warnings`` are lines like problems, but it works."""

    settings: Settings
    path: Path
    warnings: tuple[str, ...] = ()

    @property
    def base_dir(self) -> Path:
        """Return the folder that relative paths of the file start from."""
        return self.path.parent


def load(path: Path) -> Loaded:
    """Read and check a configuration file.

    Raises:
        ConfigError: It cannot be used; ``problems`` holds every mistake.
    """
    return read(_read(path), path)


def read(text: str, path: Path) -> Loaded:
    """Check a configuration's text as if it stood at ``path``.

    Raises:
        ConfigError: It cannot be used; ``problems`` holds every mistake.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistakes([_syntax_problem(path, str(error))]) from None
    lines = key_lines(text)
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        findings = [_finding(item) for item in error.errors(include_url=False)]
        raise _mistakes(_told(findings, path, lines)) from None
    findings = cross_check(settings, path.parent)
    if errors := [finding for finding in findings if not finding.is_warning]:
        raise _mistakes(_told(errors, path, lines))
    return Loaded(settings, path, tuple(_told(findings, path, lines)))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            body = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    if len(body) > _MAX_BYTES:
        raise ConfigError(f"{path} is larger than {_MAX_BYTES:,} bytes; is it the right file?")
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise ConfigError(f"{_shown(path)} line {line}, this is not UTF-8 text") from None


def _syntax_problem(path: Path, message: str) -> str:
    line = _AT_LINE.search(message)
    what = _AT_LINE.sub("", message)
    what = what[:1].lower() + what[1:]
    return f"{_shown(path)} line {line.group(1)}, {what}" if line else f"{_shown(path)}, {what}"


def _mistakes(problems: Sequence[str]) -> ConfigError:
    one = len(problems) == 1
    return ConfigError(problems[0] if one else f"{len(problems)} mistakes", problems=tuple(problems))


def _told(findings: Iterable[Finding], path: Path, lines: Mapping[KeyPath, int]) -> list[str]:
    """Return findings as lines of text, in the order of the file."""
    placed = sorted((line_of(finding.at, lines), finding.said) for finding in findings)
    name = _shown(path)
    return [f"{name} line {line}, {said}" if line else f"{name}: {said}" for line, said in placed]


def _shown(path: Path) -> str:
    """Return the path as a person in the working folder would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _finding(error: Any) -> Finding:
    """Return what pydantic found, in our words and without the value, which may be a secret."""
    at = tuple(error["loc"])
    name = ".".join(str(part) for part in at)
    match error["type"]:
        case "extra_forbidden":
            return Finding(at, f'"{at[-1]}" is not known here{_did_you_mean(str(at[-1]), _keys_at(at[:-1]))}')
        case "missing":
            return Finding(at, f'"{at[-1]}" is missing in {".".join(str(p) for p in at[:-1])}')
        case "literal_error":
            return Finding(at, f"{name} must be {error['ctx']['expected']}")
        case "value_error":
            return Finding(at, f"{name}: {error['ctx']['error']}")
        case "string_pattern_mismatch":
            return Finding(at, f"{name} must be a time of day like 07:00")
        case _:
            return Finding(at, f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}")


def _keys_at(path: KeyPath) -> list[str]:
    """Return the keys that the table at a path may have."""
    model: type[BaseModel] | None = Settings
    for part in path:
        if model is None or isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
        inner = _model_in(field.annotation) if field else None
        # A table of named tables: the next part is a name somebody chose, and names no field.
        model = inner if inner is not None else (model if field is None else None)
    return [field.alias or key for key, field in model.model_fields.items()] if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f', did you mean "{near[0]}"?'
    return f"; known are {', '.join(known)}" if known else ""
