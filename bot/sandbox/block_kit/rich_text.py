"""Rich text: sections, lists, quotes and preformatted text, and the words in them (docs: "Rich text block")."""

from __future__ import annotations

from bot.sandbox.block_kit.checks import Check, Row, flag, many, number, one_of, shape, string, typed

_KIND: dict[str, Check] = {"type": string()}
_STYLE = {"style": shape({}, dict.fromkeys(("bold", "italic", "strike", "underline", "code"), flag))}
_MENTION = {
    "style": shape(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "underline", "highlight", "client_highlight", "unlink", "code"), flag
        ),
    )
}  # fmt: skip
_SOME = 1000

WORDS = {
    "text": Row(_KIND | {"text": string()}, _STYLE),
    "link": Row(_KIND | {"url": string(3000)}, _STYLE | {"text": string(), "unsafe": flag}),
    "emoji": Row(_KIND | {"name": string()}, _STYLE | {"unicode": string(), "skin_tone": number(1, 6)}),
    "user": Row(_KIND | {"user_id": string()}, _MENTION),
    "channel": Row(_KIND | {"channel_id": string()}, _MENTION),
    "usergroup": Row(_KIND | {"usergroup_id": string()}, _MENTION),
    "team": Row(_KIND | {"team_id": string()}, _STYLE),
    "broadcast": Row(_KIND | {"range": one_of("here", "channel", "everyone")}, _STYLE),
    "color": Row(_KIND | {"value": string(pattern=r"#[0-9A-Fa-f]{6}")}, _STYLE),
    "date": Row(
        _KIND | {"timestamp": number(0), "format": string()}, _STYLE | {"url": string(3000), "fallback": string()}
    ),
}
_words = typed(lambda: WORDS)
_SECTION = Row(_KIND | {"elements": many(_words, _SOME, 0)})
_BORDER = {"border": number(0, 1)}
PARTS = {
    "rich_text_section": _SECTION,
    "rich_text_list": Row(
        _KIND | {
            "style": one_of("bullet", "ordered"),
            "elements": many(typed(lambda: {"rich_text_section": _SECTION}), _SOME),
        },
        _BORDER | {"indent": number(0, 8), "offset": number(0)},
    ),
    "rich_text_quote": Row(_KIND | {"elements": many(_words, _SOME, 0)}, _BORDER),
    "rich_text_preformatted": Row(
        _KIND | {"elements": many(typed(lambda: WORDS, {"text", "link"}), _SOME, 0)}, _BORDER | {"language": string()}
    ),
}  # fmt: skip
ELEMENTS = many(typed(lambda: PARTS), _SOME, 0)
_block = Row(_KIND | {"elements": ELEMENTS}, {"block_id": string(255)})
RICH_TEXT: Check = typed(lambda: {"rich_text": _block})
