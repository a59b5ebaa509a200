"""What the bot writes about itself: one JSON object a line, ids as pseudonyms, never a member's words."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

# These write request bodies or answers when something goes wrong; Onward says what matters in its own lines.
TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp.access", "aiohttp.server", "apscheduler", "alembic")

log: structlog.stdlib.BoundLogger = structlog.get_logger("onward")


def start() -> None:
    """Sends every line to standard error; the libraries may speak from ERROR on, the talkative ones not at all."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s", force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@contextmanager
def request(kind: str) -> Iterator[None]:
    """Every line that is written for one request of Slack's carries the same ``request``, and what kind it is."""
    with structlog.contextvars.bound_contextvars(request=secrets.token_hex(4), door=kind):
        yield


def person(pseudonym: str) -> None:
    """From here on the lines of this request also carry who asked, as `bot deliveries --list` calls them."""
    structlog.contextvars.bind_contextvars(who=pseudonym)


def where(bug: BaseException) -> str:
    """File and line, without the exception's text: that may quote a member."""
    trace = bug.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
