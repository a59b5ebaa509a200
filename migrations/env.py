"""How Alembic runs here: on the connection bot/schema.py hands over, batch mode for SQLite."""

from alembic import context

from bot.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
