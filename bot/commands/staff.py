"""``staff``: who may set up the career center in Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

import typer

from bot import settings
from bot.clock import Clock
from bot.commands.store import opened
from bot.exceptions import Refusal
from bot.pace import Pace
from bot.slack_errors import FAILURES, judge
from bot.store import Store
from bot.store.values import Who
from bot.workspaces import Workspaces

app = typer.Typer(no_args_is_help=True, help="Who may set up the career center in Slack.")
PERSON = typer.Argument(help="A member's id such as U0123ABCD, or their @name.", show_default=False)
TEAM = typer.Option("--team", help="The workspace's id, where the bot is in more than one.")


@app.command()
def add(person: Annotated[str, PERSON], team: Annotated[str | None, TEAM] = None) -> None:
    """Names somebody. They find "Career center" on the bot's Home tab."""

    async def added(at: _Desk) -> str:
        who = await at.find(person)
        new = await at.store.staff.add(who, now=Clock().now())
        return f"{who.user} is staff now." if new else f"{who.user} was staff already."

    _answer(added, team)


@app.command()
def remove(person: Annotated[str, PERSON], team: Annotated[str | None, TEAM] = None) -> None:
    """Takes it back."""

    async def removed(at: _Desk) -> str:
        who = await at.find(person)
        was = await at.store.staff.remove(who)
        return f"{who.user} is not staff any more." if was else f"{who.user} was not staff."

    _answer(removed, team)


@app.command("list")
def listed(team: Annotated[str | None, TEAM] = None) -> None:
    """The ids of everybody who is."""

    async def every(at: _Desk) -> str:
        return "\n".join(await at.store.staff.of(at.team)) or "Nobody is staff here yet: `staff add @name`."

    _answer(every, team)


class _Desk:
    """One workspace, its store, and Slack for those who are named by their @name."""

    def __init__(self, store: Store, workspaces: Workspaces, team: str) -> None:
        self.store = store
        self.team = team
        self._workspaces = workspaces

    async def find(self, person: str) -> Who:
        name = person.removeprefix("@")
        if not person.startswith("@") and name[:1] in ("U", "W") and name.isalnum() and name.isupper():
            return Who(self.team, name)
        return Who(self.team, await self._named(name))

    async def _named(self, name: str) -> str:
        client = await self._workspaces.client(self.team)
        if client is None:
            raise Refusal("The bot is not installed in this workspace any more: install it, then name staff.")
        try:
            async for page in await client.users_list(limit=200):
                for user in page["members"]:
                    if name.lower() in _names(user) and not user.get("deleted"):
                        return str(user["id"])
        except FAILURES as failure:
            reason = judge(failure).error
            raise Refusal(f"Slack did not list its members ({reason}): give the member's id instead.") from None
        raise Refusal(f"Nobody here is called @{name}: give the name they are mentioned by, or their member id.")


def _names(user: dict[str, Any]) -> set[str]:
    profile = user.get("profile") or {}
    return {str(each).lower() for each in (user.get("name"), profile.get("display_name")) if each}


def _answer(ask: Callable[[_Desk], Awaitable[str]], team: str | None) -> None:
    async def answered() -> str:
        async with _desk(team) as desk:
            return await ask(desk)

    typer.echo(asyncio.run(answered()))


@asynccontextmanager
async def _desk(team: str | None) -> AsyncIterator[_Desk]:
    chosen = settings.read()
    async with opened(chosen) as store:
        workspaces = Workspaces(chosen, store, Clock(), Pace(), lambda _method, _error: None)
        await workspaces.open()
        try:
            yield _Desk(store, workspaces, team or await _only(store))
        finally:
            await workspaces.close()


async def _only(store: Store) -> str:
    teams = await store.workspaces.teams()
    if len(teams) == 1:
        return teams[0]
    if not teams:
        raise Refusal("The bot is in no workspace yet: start it once with `python -m bot run`.")
    raise Refusal(f"The bot is in several workspaces: say which with --team ({', '.join(sorted(teams))}).")
