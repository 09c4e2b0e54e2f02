"""The pages of a WARC file, as tests compare them."""

from pathlib import Path

from state.archive.answer import page_of
from state.archive.reading import Record, read_archive
from state.records import Page


def pages(path: Path) -> list[Page]:
    records = [part for part in read_archive(path) if isinstance(part, Record)]
    return [page_of(record) for record in records if record.type == "response"]
