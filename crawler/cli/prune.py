"""``tocsin prune``: give up what is old and no alert rests on, now instead of when the daemon does."""

from __future__ import annotations

import click

from crawler.chores import retire
from crawler.cli.ending import Ending, count
from crawler.cli.frame import Invocation, verb
from crawler.cli.screen import size


@verb("prune")
@click.pass_obj
def command(invocation: Invocation, /) -> Ending:
    """Give up old raw responses and old articles that never rang, as [store] and [retention] say."""
    from crawler.app import App

    loaded = invocation.load()
    with App.open(loaded.settings, base_dir=loaded.base_dir) as app:
        done = retire(app)
    said = f"{count(done.responses, 'raw response')} ({size(done.bytes)}) and the text of "
    return Ending(f"Done. {said}{count(done.articles, 'article')} given up; digests stay")
