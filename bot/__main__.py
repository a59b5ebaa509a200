"""``python -m bot``: what an operator can ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from bot.commands import (
    backup,
    close,
    content,
    database,
    deliveries,
    doctor,
    keys,
    manifest,
    members,
    run,
    sandbox,
    staff,
    verify_live,
)
from bot.exceptions import Refusal

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.command("run")(run.command)
app.command("work")(run.work)
app.command("sandbox")(sandbox.sandbox)
app.command("doctor")(doctor.command)
app.command("manifest")(manifest.command)
app.command("verify-live")(verify_live.command)
app.command("deliveries")(deliveries.command)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("export")(members.export)
app.command("delete")(members.delete)
app.add_typer(close.app, name="close")
app.add_typer(database.app, name="db")
app.add_typer(content.app, name="content")
app.add_typer(keys.app, name="keys")
app.add_typer(staff.app, name="staff")


def main(start: Callable[[], object] = app) -> None:
    """Runs a command. What an operator has to mend is one sentence on standard error, and exit code 2."""
    try:
        start()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
