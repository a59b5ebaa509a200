"""What is kept, as one table of facts: which columns, in what shape, for how long, and who could read it.

"Who can see this" and the data sheet of docs/privacy.md are written from it; a test holds it against the tables, so
no column can be added without saying here what it is for. The words of a fact stand under ``[facts]`` and
``[facts_why]`` in phrases.toml, by its key.
"""

from __future__ import annotations

from messages.facts import Fact, Reader, Shape, Until

MEMBER = (
    Fact("names", ("journeys.sealed_company", "journeys.sealed_role"), Shape.SEALED),
    Fact("kept_words", ("notes.sealed_words", "notes.note", "notes.kept_at"), Shape.SEALED, ticked=True),
    Fact("noes", (
        "journeys.id", "journeys.stage", "journeys.started_at", "journeys.happened_on", "journeys.short",
        "journeys.left_out", "journeys.removed_at", "journeys.merged_into", "journeys.delete_at", "steps.journey_id",
        "steps.step", "steps.state", "notes.journey_id",
    )),
    Fact("check_ins", (
        "series.id", "series.started_at", "series.newest_at", "series.stage", "series.tempo", "series.chosen_at",
        "series.interview_on", "series.interview_asked", "series.snoozed", "series.snooze_until", "series.ended",
        "series.applied_at", "check_ins.id", "check_ins.series_id", "check_ins.purpose", "check_ins.number",
        "check_ins.answer", "check_ins.journey_id",
    )),
    Fact("settings", (
        "members.zone", "members.zone_chosen", "members.hour", "members.weekends", "members.country", "members.locale",
        "members.locale_chosen", "members.cadence", "members.ask_first", "members.check_ins_on",
        "members.paused_until",
    )),
    Fact("ids", (
        "members.team_id", "members.user_id", "members.dm", "journeys.team_id", "journeys.user_id", "steps.team_id",
        "notes.team_id", "notes.user_id", "series.team_id", "series.user_id", "check_ins.team_id", "check_ins.user_id",
        "deliveries.team_id", "deliveries.user_id", "exports.team_id", "exports.user_id",
    ), Shape.GIVEN),
    Fact("messages", (
        "deliveries.id", "deliveries.kind", "deliveries.subject", "deliveries.under", "deliveries.edits",
        "deliveries.rank", "deliveries.due_at", "deliveries.promised_at", "deliveries.retry_at", "deliveries.state",
        "deliveries.token", "deliveries.attempts", "deliveries.doubts", "deliveries.tried_at", "deliveries.lease_until",
        "deliveries.looks",
        "deliveries.channel", "deliveries.ts", "deliveries.sent_at", "deliveries.reason",
    )),
    Fact("activity", ("members.active_at", "members.home_at", "members.looked_up_at", "members.deactivated")),
    Fact("fingerprint", ("journeys.text_key",), Shape.HASHED),
    Fact("copies", (
        "exports.id", "exports.asked_at", "exports.asked_by", "exports.state", "exports.tries", "exports.retry_at",
        "exports.files",
    )),
    Fact("coaching", (
        "coaching.team_id", "coaching.id", "coaching.user_id", "coaching.helper", "coaching.place", "coaching.kind",
        "coaching.sealed_words", "coaching.state", "coaching.taken_by", "coaching.asked_at", "coaching.late_at",
    ), Shape.SEALED, until=Until.TWO_WEEKS, readers=(Reader.OPERATOR, Reader.COACH), ticked=True),
    Fact("sharing", (
        "sharing.team_id", "sharing.id", "sharing.sealed_author", "sharing.sealed_text", "sharing.sealed_reason",
        "sharing.state", "sharing.shown_at", "sharing.ends_at", "sharing_talks.team_id", "sharing_talks.id",
        "sharing_talks.share", "sharing_talks.sealed_reader", "sharing_talks.ended", "sharing_notes.team_id",
        "sharing_notes.id", "sharing_notes.talk", "sharing_notes.to_author", "sharing_notes.place",
        "sharing_notes.sealed_words", "erasures.sealed_channel",
    ), Shape.SEALED, until=Until.TWO_WEEKS, readers=(Reader.OPERATOR, Reader.UNNAMED)),
    Fact("erasures", (
        "erasures.team_id", "erasures.channel", "erasures.ts", "erasures.mark", "erasures.in_thread",
        "erasures.is_reply", "erasures.tries",
    ), until=Until.ERASED),
    Fact("audits", (
        "audits.team_id", "audits.id", "audits.at", "audits.action", "audits.subject",
    ), Shape.HASHED, until=Until.OPERATOR),
)  # fmt: skip
WORKSPACE = (
    Fact("token", ("workspaces.sealed_token",), Shape.SEALED, until=Until.INSTALLED),
    Fact("installer", ("workspaces.sealed_installer",), Shape.SEALED, until=Until.INSTALLED),
    Fact("workspace", (
        "workspaces.team_id", "workspaces.bot_user_id", "workspaces.bot_id", "workspaces.zone", "workspaces.country",
        "workspaces.stopped", "workspaces.next_due", "workspaces.lease_until", "workspaces.lease_owner",
        "workspaces.paused_until",
        "workspaces.scopes", "workspaces.org", "workspaces.installed_at", "workspaces.purge_at",
    ), until=Until.OPERATOR),
    Fact("center", (
        "centers.team_id", "centers.channel", "centers.zone", "centers.country", "centers.locale", "centers.check_ins",
        "centers.retention_days", "centers.counseling", "centers.quiet", "centers.paused", "centers.sealed_more",
        "centers.sealed_before", "centers.replan_after", "centers.plan_at", "troubles.team_id", "troubles.target",
        "troubles.error", "troubles.since", "channel_posts.team_id", "channel_posts.slot", "channel_posts.sealed_text",
        "channel_posts.skipped",
    ), Shape.SEALED, until=Until.OPERATOR, readers=(Reader.OPERATOR, Reader.STAFF)),
    Fact("staff", (
        "staff.team_id", "staff.user_id", "staff.since",
    ), Shape.GIVEN, until=Until.OPERATOR, readers=(Reader.OPERATOR, Reader.STAFF)),
    Fact("mutes", (
        "sharing_mutes.team_id", "sharing_mutes.subject", "sharing_mutes.until",
    ), Shape.HASHED, until=Until.A_MONTH),
    Fact("numbers", (
        "releases.team_id", "releases.month", "releases.numbers", "releases.released_at",
    ), until=Until.OPERATOR, readers=(Reader.OPERATOR, Reader.STAFF)),
    Fact("events", ("events.team_id", "events.event_id", "events.at"), Shape.GIVEN, until=Until.A_DAY),
    Fact("upkeep", ("meta.name", "meta.value"), until=Until.OPERATOR),
)  # fmt: skip
FACTS = MEMBER + WORKSPACE

__all__ = ["FACTS", "MEMBER", "WORKSPACE", "Fact", "Reader", "Shape", "Until"]
