"""What Alembic runs: the migrations over the connection that `dashboard.state.database` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
