"""``manifest``: the Slack app manifest for this installation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import settings

MANIFEST = Path(__file__).parent.parent.parent / "manifest.json"
EXAMPLE = "https://bot.example.org"


def read_manifest(address: str = EXAMPLE) -> dict[str, Any]:
    """manifest.json, for a bot that Slack reaches at ``address``."""
    text = MANIFEST.read_text(encoding="utf-8").replace(EXAMPLE, address.rstrip("/"))
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def command(
    public_url: Annotated[str | None, typer.Option(help="Where Slack reaches the bot, if not PUBLIC_URL.")] = None,
    socket_mode: Annotated[bool, typer.Option(help="For Socket Mode, which needs no address.")] = False,
) -> None:
    """Prints the manifest to paste into Slack's page for a new app."""
    address = settings.read_offline(public_url=public_url).public_url or EXAMPLE
    manifest = read_manifest(address)
    if socket_mode:
        _without_addresses(manifest)
    typer.echo(json.dumps(manifest, indent=2, ensure_ascii=False))


def _without_addresses(manifest: dict[str, Any]) -> None:
    manifest["settings"]["socket_mode_enabled"] = True
    manifest["settings"]["event_subscriptions"].pop("request_url", None)
    manifest["settings"]["interactivity"].pop("request_url", None)
    for slash in manifest["features"]["slash_commands"]:
        slash.pop("url", None)
