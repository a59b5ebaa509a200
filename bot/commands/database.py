"""``db upgrade``: brings the tables to this version."""

from __future__ import annotations

import typer

from bot import schema, settings
from bot.database import Database
from bot.exceptions import Refusal

app = typer.Typer(no_args_is_help=True, help="The database.")


@app.callback()
def _database() -> None:
    pass


@app.command()
def upgrade() -> None:
    """Applies the migrations that are missing."""
    database = Database(settings.read().database_url)
    if trouble := database.trouble():
        raise Refusal(f"DATABASE_URL cannot be used: {trouble}.")
    schema.upgrade(database.engine)
    typer.echo("The database is up to date.")
