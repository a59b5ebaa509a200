"""The buttons of the career center's staff. Each press is checked anew: what was drawn for staff proves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Press


class OpenCenter(Press, id="center.open"):
    """The page with everything that can be set, from Home or under a note."""


@dataclass(frozen=True)
class OpenPart(Press, id="center.part"):
    """The form of one part (``bot.center.PARTS``)."""

    part: str


@dataclass(frozen=True)
class BringBack(Press, id="center.bring_back"):
    """The last version of a part, in place of the one in use."""

    part: str


class Pause(Press, id="center.pause"):
    """Nothing goes out any more, until staff go on."""


class Resume(Press, id="center.resume"): ...


class TryAgain(Press, id="center.try_again"):
    """What waits for the channel goes at once."""


class SayHello(Press, id="center.hello"):
    """A first post in the channel that says what the bot is for."""


class HelloToMe(Press, id="center.hello_dry_run"):
    """The same in the presser's own messages, where nobody else sees it."""


class OpenStaff(Press, id="staff.open"): ...


@dataclass(frozen=True)
class RemoveCoach(Press, id="center.remove_coach"):
    user: str


# the guide for everyone


class ShareGuide(Press, id="guide.share"):
    """In the channel, for everybody to read."""


class GuideToMe(Press, id="guide.dry_run"): ...


# weekly posts, under the preview that staff get


@dataclass(frozen=True)
class OnPost(Press, id=""):
    """``slot`` is the day of the post."""

    slot: str


class EditPost(OnPost, id="channel_posts.edit"): ...


class UsualPost(OnPost, id="channel_posts.usual"):
    """The rotation's words again."""


class SkipPost(OnPost, id="channel_posts.skip"): ...


class UnskipPost(OnPost, id="channel_posts.unskip"): ...


class PostNow(OnPost, id="channel_posts.now"): ...


class PostToMe(Press, id="channel_posts.dry_run"):
    """The next post, in the presser's own messages."""


@dataclass(frozen=True)
class OpenNumbers(Press, id="numbers.open"):
    pass


@dataclass(frozen=True)
class NumbersToMe(Press, id="numbers.to_me"):
    pass
