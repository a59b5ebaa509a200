"""The table and the SDK know the same blocks, elements and properties, but for what is listed here."""

from __future__ import annotations

import inspect

import pytest
from slack_sdk.models.blocks import block_elements, blocks

from bot.sandbox.block_kit.blocks import BLOCKS
from bot.sandbox.block_kit.checks import Row
from bot.sandbox.block_kit.elements import ELEMENTS

# Blocks only Slack itself sends, and elements the SDK files under "rich text" or gives no type of their own.
NOT_SENT_BY_APPS = {"auth_provider", "url", "option", "options"}
# The SDK's base classes claim these for all of their children; the element pages give them to some only.
CLAIMED_ONLY_BY_THE_SDK = {"alt_text", "placeholder", "focus_on_load", "confirm", "call"}


def classes(module: object, base: type) -> list[type]:
    found = [each for _, each in inspect.getmembers(module, inspect.isclass) if issubclass(each, base)]
    return [each for each in found if isinstance(getattr(each, "type", None), str)]


KNOWN = [
    *((each, BLOCKS) for each in classes(blocks, blocks.Block)),
    *((each, ELEMENTS) for each in classes(block_elements, block_elements.InteractiveElement)),
]


@pytest.mark.parametrize(("kind", "table"), KNOWN, ids=[each.__name__ for each, _ in KNOWN])
def test_what_the_sdk_can_build_the_table_knows(kind: type, table: dict[str, Row]) -> None:
    name = kind.type  # type: ignore[attr-defined]
    if name in NOT_SENT_BY_APPS:
        assert name not in table
        return
    row = table[name]
    properties: set[str] = object.__new__(kind).attributes
    assert properties - CLAIMED_ONLY_BY_THE_SDK <= set(row.required) | set(row.optional)
