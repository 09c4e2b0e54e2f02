"""Gzip bodies (sitemaps are often files, not encoded answers), unpacked within a bound."""

from __future__ import annotations

import zlib

from state.errors import DiscoverError

_MAGIC = b"\x1f\x8b"
#: The sitemap protocol's own limit for one file.
LARGEST = 50 * 1024 * 1024


def unpack(body: bytes, *, source: str, url: str, limit: int = LARGEST) -> bytes:
    """Return the content of a gzip body, or the body itself if it is none; a cut file gives what came.

    Raises:
        DiscoverError: It unpacks to more than ``limit`` bytes, or is damaged from its start.
    """
    if not body.startswith(_MAGIC):
        return body
    out: list[bytes] = []
    size, rest = 0, body
    while rest.startswith(_MAGIC):
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(rest, limit - size + 1)
        except zlib.error as error:
            if out:
                break
            raise DiscoverError(
                f"the gzip file is damaged ({error})",
                source=source,
                url=url,
                hint="the next look tries again",
            ) from error
        size += len(part)
        if size > limit:
            raise DiscoverError(
                f"the gzip file unpacks to more than {limit // 2**20} MB",
                source=source,
                url=url,
                hint="name one of its parts instead",
            )
        out.append(part)
        rest = stream.unused_data
    return b"".join(out)
