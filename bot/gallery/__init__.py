"""Everything Onward can show, hung up in rooms: each message and view drawn by the words' own code, with no bot.

A room is a generator of pictures. Whatever is drawn anew in ``messages/`` gets its place here, once: the preview shows
it, tests look at it, and the live service is asked whether it would take it.
"""

from __future__ import annotations

from bot.gallery import (
    center,
    channel_posts,
    check_ins,
    closing,
    coaching,
    direct_messages,
    drafts,
    feedback,
    guide,
    home,
    install,
    listening,
    numbers,
    operators,
    plans,
    preferences,
    privacy,
    reflection,
    rejected,
    sharing,
    situations,
    staff,
    talk,
    thread,
)
from bot.gallery.picture import Picture, Room

__all__ = ["ROOMS", "Picture", "Room"]

ROOMS: dict[str, Room] = {
    "cards": thread.cards,
    "parents": thread.parents,
    "named parents": thread.named_parents,
    "short parents": thread.short_parents,
    "cards in a situation": situations.cards,
    "boxes and several noes": situations.forms,
    "check-ins": check_ins.questions,
    "answered check-ins": check_ins.folded,
    "check-ins answered in place": check_ins.in_between,
    "answers": rejected.answers,
    "forms": rejected.forms,
    "direct messages": direct_messages.menus,
    "drafts to fill in": drafts.forms,
    "drafts written": drafts.results,
    "copies of drafts": drafts.copies,
    "three questions": reflection.forms,
    "game plans": reflection.game_plans,
    "plan forms": plans.forms,
    "plans": plans.results,
    "kept": plans.mine,
    "feedback forms": feedback.forms,
    "feedback": feedback.results,
    "talk": talk.pages,
    "listening": listening.cards,
    "privacy": privacy.pages,
    "home": home.homes,
    "history": home.histories,
    "steps on Home": home.steps,
    "patterns": home.patterns,
    "before an interview": home.interviews,
    "career center": center.pages,
    "forms of the career center": center.forms,
    "guide for everyone": guide.guides,
    "weekly posts": channel_posts.posts,
    "previews of posts": channel_posts.previews,
    "asking a coach": coaching.forms,
    "talks with a coach": coaching.talks,
    "sharing without a name": sharing.forms,
    "posts without a name": sharing.posts,
    "private answers": sharing.notes,
    "queue of staff": sharing.queue,
    "notes to staff": staff.notes,
    "hellos in the channel": staff.hellos,
    "welcome": install.welcomes,
    "notes to operators": operators.notes,
    "numbers": numbers.pages,
    "the end": closing.notices,
    "preferences": preferences.forms,  # last: a form for every zone there is
}
