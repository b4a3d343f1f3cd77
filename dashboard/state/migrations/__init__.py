"""Alembic migrations of the state database: linear, one file a step, `v0001_….py` is revision 0001."""
