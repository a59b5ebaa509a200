"""``content check``: whether every word may go out, ours and the operator's. ``content preview`` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import facts as kept
from bot import settings
from bot.clock import Clock
from bot.commands import preview
from messages import crisis, library
from messages.facts import sheet
from messages.privacy import House

app = typer.Typer(no_args_is_help=True, help="The words the bot says.")
app.command("preview")(preview.command)


@app.callback()
def _content() -> None:
    pass


@app.command()
def check(
    words_dir: Annotated[Path | None, typer.Option(help="A folder laid over ours, if not WORDS_DIR.")] = None,
) -> None:
    """Says what is wrong, where, and what to do about it. Exit code 1 when something is."""
    chosen = settings.read_offline(words_dir=words_dir).words_dir
    found = [*library.findings(chosen), *crisis.findings(Clock().now().date())]
    for finding in found:
        typer.echo(finding)
    if found:
        raise typer.Exit(1)
    typer.echo("Every word is in order.")


@app.command()
def facts() -> None:
    """Prints the data sheet of docs/privacy.md: what is kept, why, how, how long, and who could read it."""
    words = library.Library.load().locale(None)
    for told in (kept.MEMBER, kept.WORKSPACE):
        typer.echo(sheet(words, told, days=House.days) + "\n")
