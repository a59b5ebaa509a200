"""The tables. Every key begins with the workspace; every time is whole seconds of Unix UTC.

Columns named ``sealed_*`` hold ciphertext (see vault). A delivery's id is made from what it is about, so that the
same fact can never be delivered by two rows.
"""

from __future__ import annotations

from bot.tables.centers import centers, channel_posts, releases, staff, troubles
from bot.tables.coaching import coaching
from bot.tables.deliveries import deliveries
from bot.tables.members import check_ins, journeys, members, notes, series, steps
from bot.tables.metadata import metadata
from bot.tables.privacy import audits, erasures, exports
from bot.tables.sharing import sharing, sharing_mutes, sharing_notes, sharing_talks
from bot.tables.workspaces import events, meta, workspaces

__all__ = [
    "audits", "centers", "channel_posts", "check_ins", "coaching", "deliveries", "erasures", "events", "exports",
    "journeys", "members", "meta", "metadata", "notes", "releases", "series", "sharing", "sharing_mutes",
    "sharing_notes", "sharing_talks", "staff", "steps", "troubles", "workspaces",
]  # fmt: skip
