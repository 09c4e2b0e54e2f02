"""The plain-text form of an article: how it looks in an editor, a mail, a folder of files.

It is the form of pages saved as text, so ``load`` also reads those, with all
the toolbar lines and sign-in boxes of a browser's "save as text".  ``dump``
writes only what the article says and tells what a reader could not get back.
"""

from state.text.dump import Dumped, dump
from state.text.load import load
from state.text.markdown import markdown

__all__ = ["Dumped", "dump", "load", "markdown"]
