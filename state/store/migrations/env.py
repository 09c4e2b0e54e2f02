"""Runs migrations on the connection it is given; only ``state.store.schema`` does so."""

from __future__ import annotations

from alembic import context

from state.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
