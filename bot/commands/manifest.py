"""``manifest``: the Slack app manifest for this installation."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from bot import settings
from bot.scopes import MANIFEST

EXAMPLE = "https://bot.example.org"


def read_manifest(address: str = EXAMPLE) -> dict[str, Any]:
    """manifest.json, for a bot that Slack reaches at ``address``."""
    text = MANIFEST.read_text(encoding="utf-8").replace(EXAMPLE, address.rstrip("/"))
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def command(
    public_url: Annotated[str | None, typer.Option(help="Where Slack reaches the bot, if not PUBLIC_URL.")] = None,
    socket_mode: Annotated[bool, typer.Option(help="For Socket Mode, which needs no address.")] = False,
    org: Annotated[bool, typer.Option(help="An Enterprise org may install it for all its workspaces.")] = False,
) -> None:
    """Prints the manifest to paste into Slack's page for a new app."""
    address = settings.read_offline(public_url=public_url).public_url or EXAMPLE
    manifest = read_manifest(address)
    manifest["settings"]["org_deploy_enabled"] = org
    if socket_mode:
        _without_addresses(manifest)
    typer.echo(json.dumps(manifest, indent=2, ensure_ascii=False))


def _without_addresses(manifest: dict[str, Any]) -> None:
    manifest["settings"]["socket_mode_enabled"] = True
    manifest["oauth_config"].pop("redirect_urls", None)
    manifest["settings"]["event_subscriptions"].pop("request_url", None)
    manifest["settings"]["interactivity"].pop("request_url", None)
    for slash in manifest["features"]["slash_commands"]:
        slash.pop("url", None)
