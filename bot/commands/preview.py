"""``content preview``: the gallery as a page, drawn as the sandbox draws; the sandbox shows it too.

The words are read again for every look, so that an edited file shows on reload; broken ones show what to mend.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import web

from bot import settings
from bot.clock import Clock
from bot.commands.screen import announce, ended_by_signal, wants_browser
from bot.gallery import ROOMS
from bot.gallery.walk import Wish, walk
from bot.sandbox.guard import only_from_this_machine
from bot.sandbox.site import HOST, PAGE, Page
from bot.scopes import MANIFEST
from messages import crisis
from messages.library import Finding, Library, WordsError
from messages.locale import STAGES

AT_ONCE = 40
PATH = "/gallery"
Json = dict[str, Any]


def command(
    words_dir: Annotated[Path | None, typer.Option(help="A folder laid over ours, if not WORDS_DIR.")] = None,
    port: Annotated[int, typer.Option(help="Where to listen; unset: any free port.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Shows every message and view in a browser. Edit a file of words and reload."""
    chosen = settings.read_offline(words_dir=words_dir).words_dir
    with contextlib.suppress(KeyboardInterrupt):
        raise typer.Exit(asyncio.run(_serve(chosen, port, wants_browser(no_open))))


async def _serve(words_dir: Path | None, port: int, open_browser: bool) -> int:
    ended = ended_by_signal()
    app = web.Application(middlewares=[only_from_this_machine])
    app.router.add_static("/page/", PAGE)
    gallery_page(words_dir).add(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        typer.echo(f"Port {port} is taken. Choose another with --port, or leave it out.", err=True)
        return 1
    announce("Gallery", f"http://{HOST}:{runner.addresses[0][1]}{PATH}", open_browser)
    await ended.wait()
    await runner.cleanup()
    return 0


def gallery_page(words_dir: Path | None) -> Page:
    """The page for a site that also serves the sandbox's ``/page/``."""
    return Page("Gallery", PATH, partial(_add, words_dir=words_dir))


def _add(app: web.Application, *, words_dir: Path | None) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "gallery.html", headers={"Cache-Control": "no-store"})

    async def pictures(request: web.Request) -> web.Response:
        return web.json_response(await asyncio.to_thread(answer, words_dir, dict(request.query)))

    app.router.add_get(PATH, page)
    app.router.add_get(f"{PATH}/pictures", pictures)


def answer(words_dir: Path | None, query: dict[str, str]) -> Json:
    """``pictures`` from ``start`` on, or the ``findings`` that keep the words from being shown."""
    crisis.read_again()
    notes = [_told(each) for each in crisis.findings(Clock().now().date())]
    try:
        return _choices() | {"notes": notes, **_drawn(Library.load(words_dir), query)}
    except WordsError as wrong:
        return {"findings": [_told(each) for each in wrong.findings]}
    except (LookupError, ValueError) as wrong:
        return {"findings": [_told(_stumbled(wrong)), *notes]}


def _choices() -> Json:
    app = json.loads(MANIFEST.read_text(encoding="utf-8"))["features"]["bot_user"]["display_name"]
    return {"app": app, "rooms": list(ROOMS), "stages": list(STAGES)}


def _drawn(library: Library, query: dict[str, str]) -> Json:
    locale = library.locale(query.get("language"))
    wish = Wish(query.get("room", ""), query.get("stage", ""), every=bool(query.get("every")))
    start = int(query.get("start", 0))
    hung = list(islice(walk(locale, wish), start, start + AT_ONCE + 1))
    pictures = [
        {"room": room, "title": each.title, "text": each.text, "ephemeral": each.ephemeral, "payload": each.payload}
        for room, each in hung[:AT_ONCE]
    ]
    languages = sorted(each.code for each in library.locales.values())
    return {"languages": languages, "language": locale.code, "pictures": pictures, "more": len(hung) > AT_ONCE}


def _stumbled(wrong: LookupError | ValueError) -> Finding:
    """The files are in order, yet something a message needs is not in them."""
    file, _, key = str(wrong.args[0] if wrong.args else wrong).partition(":")
    if not key:
        return Finding("messages/", None, f"A message cannot be drawn: {wrong}.", "Undo the last change, and reload.")
    return Finding(f"messages/locales/en/{file}.toml", None, f"“{key}” is not written.", "Add it, and reload.")


def _told(finding: Finding) -> Json:
    return {"file": finding.file, "line": finding.line, "what": finding.what, "remedy": finding.remedy}
