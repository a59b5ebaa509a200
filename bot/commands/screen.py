"""What a command does that shows a page: says where, opens a browser where there is one, ends when told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import webbrowser


def announce(what: str, address: str, open_browser: bool) -> None:
    print(f"{what}: {address}", flush=True)
    if open_browser:
        webbrowser.open(address)


def wants_browser(no_open: bool) -> bool:
    """Not for scripts, and not where there is no screen."""
    has_screen = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not no_open and has_screen and sys.stdout.isatty()


def ended_by_signal() -> asyncio.Event:
    """Set by Ctrl-C or SIGTERM."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        # Windows has no handlers in the loop; there Ctrl-C arrives as KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, ended.set)
    return ended
