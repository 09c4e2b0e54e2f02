"""Alembic migrations, run by ``state.store.schema``."""
