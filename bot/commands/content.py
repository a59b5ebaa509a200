"""``content check``: whether every word may go out, ours and the operator's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from messages import crisis, library

app = typer.Typer(no_args_is_help=True, help="The words the bot says.")


@app.callback()
def _content() -> None:
    pass


@app.command()
def check(
    words_dir: Annotated[Path | None, typer.Option(envvar="WORDS_DIR", help="A folder laid over ours.")] = None,
) -> None:
    """Says what is wrong, where, and what to do about it. Exit code 1 when something is."""
    found = [*library.findings(words_dir), *crisis.findings(Clock().now().date())]
    for finding in found:
        typer.echo(finding)
    if found:
        raise typer.Exit(1)
    typer.echo("Every word is in order.")
