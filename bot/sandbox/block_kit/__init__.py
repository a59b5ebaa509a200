"""Block Kit as Slack takes it: one table of blocks and one of elements; whatever is not in them is refused."""

from bot.sandbox.block_kit.surfaces import check_attachments, check_message, check_options, check_view

__all__ = ["check_attachments", "check_message", "check_options", "check_view"]
