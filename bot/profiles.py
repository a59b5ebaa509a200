"""What Slack says about a member: the time zone, the language, and whether the account is still open."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.calendars import find_zone
from bot.clock import Clock
from bot.log import log
from bot.slack_errors import FAILURES, Verdict, judge
from bot.store import Store
from bot.store.values import Member, Who

A_DAY = 86400


class Profiles:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def fresh(self, who: Who, client: AsyncWebClient, known: Member | None = None) -> Member:
        """The member, looked up with Slack at most once a day. A failed look-up changes nothing. ``known``: as read
        a moment ago.
        """
        member = known or await self._store.members.find(who)
        if self._clock.unix() - member.looked_up_at < A_DAY:
            return member
        return await self.look_up(who, client)

    async def look_up(self, who: Who, client: AsyncWebClient) -> Member:
        """The same whenever it was asked last."""
        try:
            answer = await client.users_info(user=who.user, include_locale=True)
        except FAILURES as failure:
            return await self._without_answer(who, await self._store.members.find(who), failure)
        return await self.learn(who, answer["user"])

    async def learn(self, who: Who, user: dict[str, object]) -> Member:
        """Slack's user object, from ``users.info`` or a ``user_change`` event."""
        zone = find_zone(str(user.get("tz") or ""))
        learned = await self._store.members.learn(
            who, zone=zone.key if zone else None, locale=str(user.get("locale") or "") or None,
            deactivated=bool(user.get("deleted")), now=self._clock.now(),
        )  # fmt: skip
        if user.get("deleted"):
            await self._left(who)
        return learned

    async def closed(self, who: Who) -> None:
        """Slack refused a call because the account is closed."""
        await self._store.members.deactivate(who, now=self._clock.now())
        await self._left(who)

    async def _left(self, who: Who) -> None:
        """What hung on them, each of which may come twice: they may have been staff, or a coach somebody waits for."""
        await self._store.staff.left(who, now=self._clock.now())
        await self._store.sharing.left(who)
        await self._store.coaching.helper_left(who, now=self._clock.now())
        await self._store.centers.drop_helper(who, now=self._clock.now())

    async def _without_answer(self, who: Who, member: Member, failure: BaseException) -> Member:
        judged = judge(failure)
        if judged.verdict is Verdict.MEMBER_GONE:
            await self.closed(who)
            return await self._store.members.find(who)
        log.warning("profile_not_read", error=judged.error)
        if judged.error == "missing_scope":  # then nobody can ask, and it is no reason to fall silent
            await self._store.members.looked_up(who, now=self._clock.now())
            return await self._store.members.find(who)
        return member
