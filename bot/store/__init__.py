"""What the bot remembers: one method, one transaction, one sentence. A room a noun."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, Engine, delete, select, text
from sqlalchemy.exc import DBAPIError

from bot import schema
from bot.database import Database, reason
from bot.exceptions import Refusal
from bot.store.calendar_tables import CalendarTables
from bot.store.centers import Centers
from bot.store.channel_posts import ChannelPosts
from bot.store.check_ins import CheckIns
from bot.store.closing import Closing
from bot.store.coaching import Coaching
from bot.store.deliveries import Deliveries
from bot.store.exports import Exports
from bot.store.history import History
from bot.store.installs import Installs
from bot.store.journeys import Journeys
from bot.store.leases import Leases
from bot.store.ledger import Ledger
from bot.store.members import Members
from bot.store.notes import Notes
from bot.store.numbers import NumbersForStaff
from bot.store.privacy import Privacy
from bot.store.rotation import CANARY, PEPPER, Rotation
from bot.store.sharing import Sharing
from bot.store.sharing_talks import SharingTalks
from bot.store.staff import Staff
from bot.store.threads import Threads
from bot.store.upsert import insert, insert_new
from bot.store.wishes import Wishes
from bot.store.workspaces import WorkspaceRows
from bot.tables import events, meta
from bot.vault import Vault

RESTORED = "restored_at"
SEALED = select(meta.c.value).where(meta.c.name == CANARY)
EVENTS_KEPT = 86400  # seconds; Slack's last retry comes after 5 minutes


class Store:
    """Opened once by the composition root. ``prepare`` before first use."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self._vault = vault
        self.workspaces = WorkspaceRows(database, vault)
        self.installs = Installs(database, vault)
        self.members = Members(database, vault)
        self.journeys = Journeys(database, vault)
        self.threads = Threads(database, vault)
        self.check_ins = CheckIns(database, vault)
        self.notes = Notes(database, vault)
        self.deliveries = Deliveries(database, vault)
        self.leases = Leases(database, vault)
        self.calendar_tables = CalendarTables(database, vault)
        self.ledger = Ledger(database, vault)
        self.numbers = NumbersForStaff(database, vault)
        self.privacy = Privacy(database, vault)
        self.closing = Closing(database, vault)
        self.rotation = Rotation(database, vault)
        self.staff = Staff(database, vault)
        self.centers = Centers(database, vault)
        self.history = History(database, vault)
        self.wishes = Wishes(database, vault)
        self.exports = Exports(database, vault)
        self.channel_posts = ChannelPosts(database, vault)
        self.coaching = Coaching(database, vault)
        self.sharing = Sharing(database, vault)
        self.sharing_talks = SharingTalks(database, vault)

    def prepare(self) -> None:
        """Migrates SQLite, refuses an old schema on PostgreSQL and a key that does not fit. Raises Refusal."""
        try:
            self.database.once_started(schema.upgrade if self.database.on_sqlite else schema.require_current)
            self.database.once_started(self._try_key)
        except DBAPIError as error:
            raise Refusal(f"DATABASE_URL cannot be used: {reason(error)}.") from None

    async def answers(self) -> bool:
        """Whether the database can be read right now."""
        return await self.database.read(lambda connection: bool(connection.scalar(text("SELECT 1"))))

    async def schema_is_current(self) -> bool:
        """Whether every migration of this code was applied. A newer schema is fine."""
        return await self.schema_state() in ("current", "newer")

    async def schema_state(self) -> str:
        """``none``, ``older``, ``current`` or ``newer``."""
        return await self.database.read(schema.state)

    async def has_its_key(self) -> None:
        """Raises Refusal when the key is not the one this database was begun with."""
        self._fits(await self.database.read(lambda connection: connection.scalar(SEALED)))

    async def prune(self, *, now: int) -> None:
        """Forgets the events that Slack will not send again; what was deleted leaves the log, and rows are counted."""
        old = delete(events).where(events.c.at < now - EVENTS_KEPT)
        await self.database.write(lambda connection: connection.execute(old))
        await self.database.shed_deleted_bytes()
        await self.database.count_rows()

    async def restored(self, *, now: int) -> None:
        """A backup was put back: what was planned up to now may have been sent after the backup was taken."""
        fresh = {"value": str(now)}

        def note(connection: Connection) -> None:
            row = insert(connection, meta).values(name=RESTORED, **fresh)
            connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=fresh))

        await self.database.write(note)

    async def restored_at(self) -> int:
        """Unix seconds of the app's clock; 0 when no backup was ever put back."""
        asked = select(meta.c.value).where(meta.c.name == RESTORED)
        return int(await self.database.read(lambda connection: connection.scalar(asked)) or 0)

    async def close(self) -> None:
        await asyncio.to_thread(self.database.close)

    def _try_key(self, engine: Engine) -> None:
        """A key that does not open what is here is refused; what pseudonyms hang on is read, or kept for good."""
        with engine.begin() as connection:
            # Of replicas that start together for the first time one writes it, and each looks at what was written.
            for name, fresh in ((CANARY, CANARY), (PEPPER, self._vault.pepper)):
                connection.execute(insert_new(connection, meta), {"name": name, "value": self._vault.seal(fresh)})
            kept = {row.name: str(row.value) for row in connection.execute(select(meta))}
        self._fits(kept[CANARY])
        self._vault.keep_pepper(self._vault.open(kept[PEPPER]) or "")

    def _fits(self, sealed: str | None) -> None:
        if sealed is not None and self._vault.open(sealed) != CANARY:
            raise Refusal("ENCRYPTION_KEY does not open this database: put back the key that was used with it.")
