"""The pages a browser sees: what the bot is, what it keeps, who helps, and how an install went.

Words come from the phrases, the shape from ``page.html`` and ``page.css``. A page asks for nothing from anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from messages.locale import Locale

HERE = Path(__file__).parent
LINKS = (("", "home"), ("/privacy", "privacy"), ("/support", "support"))


@dataclass(frozen=True)
class House:
    """Whose bot it is and where its pages lie. ``contact`` is an email address, a link, or any words."""

    operator: str
    contact: str | None
    base: str
    installable: bool


def landing(locale: Locale, house: House, *, scopes: Sequence[str], optional: Iterable[str]) -> str:
    """What it does, how to add it, and what each permission is for."""
    said = [_p(locale.phrase(f"pages.{part}")) for part in ("what", "how_it_goes", "quiet", "honest")]
    if house.installable:
        said.append(f'<p><a class="add" href="{escape(house.base)}/slack/install">{_words(locale, "add")}</a></p>')
    said += [f"<h2>{_words(locale, 'scopes_header')}</h2>", _reasons(locale, scopes, frozenset(optional))]
    return _page(locale, house, locale.phrase("pages.home_header"), said)


def privacy(locale: Locale, house: House, *, told: str, days: int) -> str:
    """What members read under "Who can see this", and what the whole workspace may want to know."""
    said = [_mrkdwn(line) for line in told.splitlines() if line.strip()]
    said += [f"<h2>{_words(locale, 'policy_header')}</h2>"]
    said += [_p(locale.phrase(f"pages.{part}", days=days)) for part in ("policy_leaving", "policy_use", "policy_where")]
    return _page(locale, house, locale.phrase("pages.privacy"), [*said, _contact(locale, house)])


def support(locale: Locale, house: House, *, command: str) -> str:
    """Whom to ask, and what a member can do alone."""
    alone = [
        _mrkdwn(locale.phrase(f"pages.{part}", command=command)) for part in ("help_stop", "help_delete", "help_remove")
    ]
    urgent = _p(locale.phrase("pages.urgent"))
    return _page(locale, house, locale.phrase("pages.support"), [_contact(locale, house), *alone, urgent])


def installed(locale: Locale, house: House, *, place: str, link: str, declined: Sequence[str], command: str) -> str:
    """It is there, and the way to it; none into an org as a whole. ``declined``: optional scopes that were left out."""
    there = locale.phrase("pages.installed" if link else "pages.installed_org", place=place)
    said = [
        _p(there),
        _mrkdwn(locale.phrase("pages.installed_next", command=command)),
    ]
    if link:
        said.append(f'<p><a class="add" href="{escape(link)}">{_words(locale, "open")}</a></p>')
    if declined:
        said.append(_p(locale.phrase("pages.declined")) + _reasons(locale, declined, frozenset()))
    return _page(locale, house, locale.phrase("pages.installed_header"), said)


def not_installed(locale: Locale, house: House, *, why: str, missing: Sequence[str] = ()) -> str:
    """``why`` is the phrase: cancelled, too_old, refused, away or missing."""
    said = [_p(locale.phrase(f"pages.not_{why}")), *([_reasons(locale, missing, frozenset())] if missing else [])]
    said.append(f'<p><a class="add" href="{escape(house.base)}/slack/install">{_words(locale, "again")}</a></p>')
    return _page(locale, house, locale.phrase("pages.not_installed_header"), said)


@cache
def style() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    return Template((HERE / "page.html").read_text(encoding="utf-8"))


def _page(locale: Locale, house: House, title: str, body: Sequence[str]) -> str:
    links = [
        f'<li><a href="{escape(house.base + path) or "/"}">{_words(locale, name)}</a></li>' for path, name in LINKS
    ]
    return _template().substitute(
        lang=escape(locale.code), title=escape(title), style=style(), body="\n".join(body), nav=_words(locale, "nav"),
        links="".join(links),
    )  # fmt: skip


def _reasons(locale: Locale, scopes: Sequence[str], optional: frozenset[str]) -> str:
    note = f" ({_words(locale, 'optional')})"
    told = [
        f"<dt><code>{escape(each)}</code>{note if each in optional else ''}</dt>"
        f"<dd>{_words(locale, f'scopes.{each}')}</dd>"
        for each in scopes
    ]
    return f"<dl>{''.join(told)}</dl>"


def _contact(locale: Locale, house: House) -> str:
    told = locale.phrase("pages.who", operator=house.operator)
    if not house.contact:
        return _p(f"{told} {locale.phrase('pages.no_contact')}")
    words = escape(house.contact)
    if re.fullmatch(r"https?://\S+", house.contact):
        words = f'<a href="{words}">{words}</a>'
    elif re.fullmatch(r"[^\s@]+@[^\s@]+", house.contact):
        words = f'<a href="mailto:{words}">{words}</a>'
    return f"<p>{escape(told)} {_words(locale, 'contact')} {words}</p>"


def _words(locale: Locale, key: str) -> str:
    return escape(locale.phrase(f"pages.{key}"))


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _mrkdwn(text: str) -> str:
    """Slack's marks as a browser shows them. What Slack's escaping made harmless is escaped already."""
    safe = escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    strong = re.sub(r"[*]([^*]+)[*]", r"<strong>\1</strong>", safe)
    return f"<p>{strong}</p>"
