"""``export`` and ``delete``: what an operator does for one member who asks outside Slack.

A copy goes to the member's own messages. Printing it needs a flag, and both leave a trace that names nobody.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot import own_copy
from bot.clock import Clock
from bot.commands.store import with_store
from bot.exceptions import Refusal
from bot.store import Store
from bot.store.values import Who

USER = typer.Argument(help="The member's id in Slack, which begins with U or W.")
TEAM = typer.Option("--team", help="The workspace's id, where there is more than one.")
PRINT = typer.Option("--print", help="Print it here instead of sending it to the member. Leaves a trace.")
YES = typer.Option("--yes", help="Do not ask first.")


def export(
    user: Annotated[str, USER],
    team: Annotated[str | None, TEAM] = None,
    print_here: Annotated[bool, PRINT] = False,
) -> None:
    """Sends a member a copy of everything that is kept about them, in their messages with the bot."""
    typer.echo(asyncio.run(with_store(lambda store: _export(store, team, user, print_here=print_here))))


def delete(
    user: Annotated[str, USER], team: Annotated[str | None, TEAM] = None, yes: Annotated[bool, YES] = False
) -> None:
    """Deletes everything that is kept about a member. The running bot takes its messages out of Slack."""
    if not yes:
        typer.confirm("This deletes every thread, all check-ins and the bot's messages to them. Go on?", abort=True)
    typer.echo(asyncio.run(with_store(lambda store: _delete(store, team, user))))


async def _export(store: Store, team: str | None, user: str, *, print_here: bool) -> str:
    who, now = Who(await _team(store, team), user), Clock().now()
    if print_here:
        await _known(store, who)
        await store.privacy.audit(who, "printed", now=now)
        return own_copy.as_json(await store.exports.gather(who, to_member=False)).decode()
    if not await store.exports.ask(who, by="operator", now=now):
        raise Refusal(NOTHING)
    await store.privacy.audit(who, "exported", now=now)
    return "Asked for. The running bot sends it to the member's own messages within a minute."


async def _delete(store: Store, team: str | None, user: str) -> str:
    who = Who(await _team(store, team), user)
    await _known(store, who)
    messages = await store.privacy.delete_for(who, now=Clock().now(), action="deleted")
    await store.database.shed_deleted_bytes()
    return (
        f"Deleted. The running bot takes {messages} of its messages out of Slack within some minutes. "
        "What it cannot delete: what the member wrote, copies that Slack keeps, and your backups."
    )


NOTHING = "Nothing is kept about that member here."


async def _known(store: Store, who: Who) -> None:
    if not await store.members.is_known(who):
        raise Refusal(NOTHING)


async def _team(store: Store, team: str | None) -> str:
    teams = await store.workspaces.teams()
    if team is None and len(teams) == 1:
        return teams[0]
    if team not in teams:
        raise Refusal(f"--team must be one of the workspaces: {', '.join(sorted(teams)) or 'none yet'}.")
    return team
