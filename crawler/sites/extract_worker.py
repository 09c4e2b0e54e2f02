"""The process in which trafilatura runs: memory bounded, killed when it takes too long.

Started as ``python -m crawler.sites.extract_worker``.  Reads and writes messages
of a 4-byte length and JSON; ends when its input ends, so it never outlives the
program that started it.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from typing import Any, BinaryIO

#: Address space of the worker in bytes.
MEMORY = 2 << 30
_LENGTH = struct.Struct(">I")


def main() -> None:
    """Answer one request after the other until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while (request := read_message(source)) is not None:
        try:
            answer = extract(request["markup"], request["url"])
        except MemoryError:
            answer = {"error": "out of memory"}
        except Exception as error:  # the edge of the loop: whatever a page provokes is an answer
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        write_message(target, answer)


def extract(markup: str, url: str | None) -> dict[str, Any]:
    """Return trafilatura's blocks and guesses of one page."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        markup,
        url=url,
        fast=False,
        include_comments=True,
        with_metadata=True,
        include_tables=True,
        deduplicate=False,
    )
    if found is None:
        return {"blocks": []}
    body = found.body
    return {
        "strict": _strictly(markup),
        "blocks": _blocks(body)
        if body is not None
        else [["p", line] for line in (found.text or "").splitlines()],
        "comments": _blocks(found.commentsbody) if found.commentsbody is not None else [],
        "title": found.title,
        "author": found.author,
        "date": found.date,
        "description": found.description,
        "sitename": found.sitename,
    }


def _strictly(markup: str) -> list[list[str]]:
    from trafilatura import bare_extraction

    try:
        found: Any = bare_extraction(
            markup, favor_precision=True, include_comments=False, include_tables=True
        )
    except Exception:  # the other reading is there all the same
        return []
    return _blocks(found.body) if found is not None and found.body is not None else []


def _blocks(body: Any) -> list[list[str]]:
    done: list[list[str]] = []
    for element in body.iter("p", "head", "item", "quote", "code", "cell", "ab"):
        inner = next(element.iterdescendants("p", "head", "item", "quote", "code", "cell"), None)
        if inner is not None:
            if element.text and element.text.strip():
                done.append(["p", element.text])
            continue
        kind = "h" if element.tag == "head" else "p"
        done.extend([kind, text] for text in _lines(element) if text.strip())
        if element.tail and element.tail.strip():
            done.append(["p", element.tail])
    return done


def _lines(element: Any) -> list[str]:
    parts = [_one_line(element.text)]
    for child in element.iterdescendants():
        if child.tag == "lb":
            parts.append("\n")
        parts.extend((_one_line(child.text), _one_line(child.tail)))
    return "".join(parts).split("\n")


def _one_line(text: str | None) -> str:
    """Return a text whose line ends, which only wrap the source, are spaces."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def read_message(source: BinaryIO) -> Any:
    """Return the next message, None at the end of the input."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    body = source.read(_LENGTH.unpack(head)[0])
    return json.loads(body)


def write_message(target: BinaryIO, message: Any) -> None:
    """Write one message."""
    body = json.dumps(message).encode("ascii", "replace")
    target.write(_LENGTH.pack(len(body)) + body)
    target.flush()


if __name__ == "__main__":
    main()
