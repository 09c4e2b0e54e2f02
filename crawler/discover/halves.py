"""References to half a surrogate pair in XML: the parser takes them and keeps what nobody can read afterwards."""

from __future__ import annotations

import re

_REFERENCE = re.compile(rb"&#(?:x0{0,9}([dD][89a-fA-F][0-9a-fA-F]{2})|0{0,9}(5[5-7][0-9]{3}));")


def without_halves(xml: bytes) -> bytes:
    """Return a document without references to U+D800…U+DFFF, which XML 1.0 forbids."""
    return _REFERENCE.sub(_kept, xml) if b"&#" in xml else xml


def _kept(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    return b"" if 0xD800 <= number <= 0xDFFF else found[0]
