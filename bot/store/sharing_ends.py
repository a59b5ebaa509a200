"""How what was shared without a name goes on by itself, and how it is forgotten. Bodies of the store's transactions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot import batches
from bot.calendars import DAY, Calendar, find_zone
from bot.kinds import Kind
from bot.store import members, places, queue, unnamed
from bot.store.centers import read_center
from bot.store.values import Who, moment
from bot.tables import deliveries, sharing, sharing_mutes, sharing_notes, sharing_talks
from bot.vault import Vault

KEPT = timedelta(days=14)  # from the queue on; after that nothing tells whose it was
READ_WITHIN = 3  # working days
GIVEN_BACK = timedelta(days=7)  # in which the author can still look at it
LINGERS = timedelta(days=1)
LOOKED_AGAIN = 300  # seconds, while a post waits for its channel
AT_ONCE = 20
POSTED = ("sent", "unknown")  # of an unknown one it may stand there, so answers go through
UNDER_WAY = ("planned", "sending")


def days_of(connection: Connection, vault: Vault, team: str) -> Calendar:
    """The center's days, never a member's: a time must not tell where somebody lives."""
    center = read_center(connection, vault, team)
    usual = members.find(connection, Who(team, ""))
    zone = find_zone(center.zone) or find_zone(usual.zone) or find_zone("UTC")
    assert zone is not None, "UTC is among the zones"
    return Calendar(zone=zone, country=center.country or usual.country, quiet=center.quiet_days)


def unread_at(connection: Connection, vault: Vault, team: str, shown: datetime) -> int:
    """The morning after the third working day, in Unix seconds."""
    calendar = days_of(connection, vault, team)
    day = calendar.day_of(shown)
    for _ in range(READ_WITHIN + 1):
        day = calendar.first_business_day(day + DAY)
    return int(min(calendar.opens(day), shown + KEPT - LINGERS).timestamp())


def of_author(connection: Connection, vault: Vault, who: Who) -> list[Row[Any]]:
    """What a member has shared, opened one by one."""
    theirs = (sharing.c.team_id == who.team) & sharing.c.sealed_author.is_not(None)
    rows = connection.execute(select(sharing).where(theirs).order_by(sharing.c.shown_at)).all()
    return [row for row in rows if vault.open(row.sealed_author) == who.user]


def give_back(connection: Connection, vault: Vault, row: Row[Any], reason: Mapping[str, str], now: datetime) -> None:
    """To its author, who can read why and share it anew."""
    ends = max(min(now + GIVEN_BACK, moment(row.shown_at) + KEPT), now + LINGERS)
    facts = {"state": "returned", "sealed_reason": vault.seal(json.dumps(dict(reason))), "ends_at": _unix(ends)}
    connection.execute(update(sharing).where(_is(row)).values(**facts))
    _write(connection, vault, row, "returned", now)


def go_on(connection: Connection, vault: Vault, now: datetime) -> bool:
    """Locked one by one: of two replicas the second finds that it has happened."""
    connection.execute(delete(sharing_mutes).where(sharing_mutes.c.until <= _unix(now)))
    due = select(sharing).where(sharing.c.ends_at <= _unix(now)).order_by(sharing.c.ends_at).limit(AT_ONCE)
    rows = connection.execute(due.with_for_update()).all()
    for row in rows:
        _go_on(connection, vault, row, now)
    return bool(rows)


def drop(connection: Connection, vault: Vault, row: Row[Any], *, post_too: bool) -> None:
    """Nothing of it is left here; with ``post_too`` nothing in Slack either."""
    _drop_talks(connection, vault, row.team_id, _talks_of(row))
    _drop_letters(connection, vault, row.team_id, [unnamed.to_author(row.id)])
    if post_too:
        places.note(connection, vault, _post(row))
    connection.execute(delete(deliveries).where(_post(row)))
    connection.execute(delete(sharing).where(_is(row)))


def forget(connection: Connection, vault: Vault, who: Who, *, posts_too: bool) -> None:
    """Everything that hangs on a member. A post that goes at the moment somebody else deletes them would tell whose it
    was: then it stays, and only its way to them is gone.
    """
    for row in of_author(connection, vault, who):
        if row.state in ("posted", "over") and not posts_too:
            _cut(connection, vault, row)
        else:
            drop(connection, vault, row, post_too=True)
    every = connection.execute(select(sharing_talks).where(sharing_talks.c.team_id == who.team)).all()
    _drop_talks(connection, vault, who.team, [row.id for row in every if vault.open(row.sealed_reader) == who.user])
    theirs = (sharing_mutes.c.team_id == who.team) & (sharing_mutes.c.subject == vault.pseudonym("muted", *who))
    if posts_too:
        connection.execute(delete(sharing_mutes).where(theirs))


def _go_on(connection: Connection, vault: Vault, row: Row[Any], now: datetime) -> None:
    match row.state:
        case "waiting":
            give_back(connection, vault, row, {"why": "unread"}, now)
        case "approved":
            _look_for(connection, vault, row, now)
        case "posted":
            _cut(connection, vault, row)
            connection.execute(update(sharing).where(_is(row)).values(state="over", ends_at=_unix(now + LINGERS)))
            _redraw(connection, row, now)
        case _:
            drop(connection, vault, row, post_too=False)


def _look_for(connection: Connection, vault: Vault, row: Row[Any], now: datetime) -> None:
    """Whether it was posted by now. Where the channel takes nothing it waits, and at last it goes back."""
    ends = moment(row.shown_at) + KEPT
    state = connection.scalar(select(deliveries.c.state).where(_post(row) & (deliveries.c.kind == Kind.SHARING)))
    if state in POSTED:
        connection.execute(update(sharing).where(_is(row)).values(state="posted", ends_at=_unix(ends)))
        _write(connection, vault, row, "posted", now)
    elif state in UNDER_WAY and now < ends - LINGERS:
        connection.execute(update(sharing).where(_is(row)).values(ends_at=_unix(now) + LOOKED_AGAIN))
    else:
        queue.cancel(connection, row.team_id, [queue.delivery_id(Kind.SHARING, row.id)], why="given_back")
        give_back(connection, vault, row, {"why": "unposted"}, now)


def _write(connection: Connection, vault: Vault, row: Row[Any], what: str, now: datetime) -> None:
    """A letter to the author, whose id stands nowhere in it."""
    zone = days_of(connection, vault, row.team_id).zone
    drawn = vault.pseudonym("to the author", row.team_id, row.id, what)
    due = batches.by_day(batches.later(now, batches.TO_A_PERSON, drawn), zone)
    author = Who(row.team_id, unnamed.to_author(row.id))
    queue.post(connection, author, Kind.SHARING_LETTER, [f"{row.id}/{what}"], due=[due])


def _cut(connection: Connection, vault: Vault, row: Row[Any]) -> None:
    """From now on nothing tells whose it was. What the bot wrote to both sides goes from Slack as well."""
    _drop_talks(connection, vault, row.team_id, _talks_of(row))
    _drop_letters(connection, vault, row.team_id, [unnamed.to_author(row.id)])
    connection.execute(update(sharing).where(_is(row)).values(sealed_author=None))


def _talks_of(row: Row[Any]) -> Any:
    return select(sharing_talks.c.id).where(
        (sharing_talks.c.team_id == row.team_id) & (sharing_talks.c.share == row.id)
    )


def _drop_talks(connection: Connection, vault: Vault, team: str, talks: Any) -> None:
    """``talks`` are ids, or the query for them."""
    names = talks if isinstance(talks, list) else list(connection.scalars(talks))
    notes = (sharing_notes.c.team_id == team) & sharing_notes.c.talk.in_(names)
    written = [queue.delivery_id(Kind.SHARING_NOTE, each) for each in connection.scalars(
        select(sharing_notes.c.id).where(notes))]  # fmt: skip
    theirs = (deliveries.c.team_id == team) & deliveries.c.id.in_(written)
    places.note(connection, vault, theirs)
    connection.execute(delete(deliveries).where(theirs))
    connection.execute(delete(sharing_notes).where(notes))
    connection.execute(delete(sharing_talks).where((sharing_talks.c.team_id == team) & sharing_talks.c.id.in_(names)))


def _drop_letters(connection: Connection, vault: Vault, team: str, addresses: list[str]) -> None:
    theirs = (deliveries.c.team_id == team) & deliveries.c.user_id.in_(addresses)
    places.note(connection, vault, theirs)
    connection.execute(delete(deliveries).where(theirs))


def _redraw(connection: Connection, row: Row[Any], now: datetime) -> None:
    """The post without its button."""
    post = connection.execute(select(deliveries).where(_post(row) & (deliveries.c.kind == Kind.SHARING))).first()
    if post and post.state == "sent":
        there = Who(row.team_id, post.user_id)
        queue.redraw(connection, there, Kind.SHARING_REDRAW, row.id, edits=post.id, due=now)


def _post(row: Row[Any]) -> Any:
    """Its deliveries to the channel."""
    ids = [queue.delivery_id(kind, row.id) for kind in (Kind.SHARING, Kind.SHARING_REDRAW)]
    return (deliveries.c.team_id == row.team_id) & deliveries.c.id.in_(ids)


def _is(row: Row[Any]) -> Any:
    return (sharing.c.team_id == row.team_id) & (sharing.c.id == row.id)


def _unix(when: datetime) -> int:
    return int(when.astimezone(UTC).timestamp())
