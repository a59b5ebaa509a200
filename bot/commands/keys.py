"""``keys new``: a key for ENCRYPTION_KEY."""

from __future__ import annotations

import typer

from bot.vault import new_key

app = typer.Typer(no_args_is_help=True, help="The keys members' words are sealed with.")


@app.callback()
def _keys() -> None:
    pass


@app.command()
def new() -> None:
    """Prints a new key. Put it first in ENCRYPTION_KEY and keep the old ones behind it."""
    typer.echo(new_key())
