"""What has been read of a text so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from state.article import Caption
from state.text.lines import Line

Block = list[Line]


@dataclass(slots=True)
class Draft:
    """The parts of an article as they are found, and what each line was taken for if that is kept."""

    keep_lines: bool
    title: str = ""
    subtitle: str | None = None
    day: tuple[int, int, int] | None = None
    publisher: str | None = None
    dateline: str | None = None
    byline: tuple[str, ...] = ()
    attribution: str | None = None
    captions: list[Caption] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    sections: list[tuple[str | None, list[str]]] = field(default_factory=lambda: [(None, [])])
    taken: list[list[str]] = field(default_factory=list)

    def note(self, line: str, taken_for: str) -> None:
        """Keep what a line was taken for."""
        if self.keep_lines:
            self.taken.append([line, taken_for])

    def add_captions(self, captions: list[Caption]) -> None:
        """Take captions in, each once."""
        for caption in captions:
            if caption not in self.captions:
                self.captions.append(caption)
            self.note(caption.text, "caption")
            if caption.credit:
                self.note(caption.credit, "credit")

    def start_section(self, heading: str) -> None:
        """Begin a section under a heading."""
        self.sections.append((heading, []))
        self.note(heading, "heading")
