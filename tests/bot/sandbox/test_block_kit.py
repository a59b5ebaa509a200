"""Block Kit: what Slack refuses is refused here, what it takes is taken, in Slack's words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.block_kit import check_attachments, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "Words", **more: Any) -> Json:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "Words") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Press"), "action_id": "a.press", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int = 1) -> list[Json]:
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "a.choose", "options": options(2), **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Go"), "blocks": list(blocks), **more}


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "a.text", **more}


def chart(**more: Any) -> Json:
    data = [{"label": "W1", "value": 4}, {"label": "W2", "value": -1}]
    drawn = {
        "type": "bar", "series": [{"name": "Sent", "data": data}],
        "axis_config": {"categories": ["W1", "W2"], "x_label": "Week"},
    }  # fmt: skip
    return {"type": "data_visualization", "title": "By week", "chart": drawn | more}


def pie(*values: float) -> Json:
    segments = [{"label": f"Part {n}", "value": value} for n, value in enumerate(values)]
    return {"type": "data_visualization", "title": "Parts", "chart": {"type": "pie", "segments": segments}}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def task(number: int = 1, **more: Any) -> Json:
    return {"type": "task_card", "task_id": f"t{number}", "title": "Breathe", "status": "complete", **more}


def table(rows: int = 2, columns: int = 2) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns for _ in range(rows)]}


CELL = {"type": "raw_text", "text": "x"}
WORD = {"type": "text", "text": "x"}
TRASH = {"type": "icon_button", "icon": "trash", "text": plain("Delete")}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A heron"}
CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
FEEDBACK = {"type": "feedback_buttons", "positive_button": {"text": plain("Yes"), "value": "1"},
            "negative_button": {"text": plain("No"), "value": "0"}}  # fmt: skip
CARD = {"type": "card", "title": mrkdwn("Card"), "actions": [button()]}

WRONG_MESSAGES: dict[str, list[Any]] = {
    "a block of an unknown type": [{"type": "sectoin", "text": mrkdwn()}],
    "a block without a type": [{"text": mrkdwn()}],
    "a block that is no object": ["section"],
    "51 blocks": [{"type": "divider"}] * 51,
    "the same block_id twice": [section(block_id="b"), section(block_id="b")],
    "a block_id of 256 characters": [section(block_id="b" * 256)],
    "a section with neither text nor fields": [{"type": "section"}],
    "a section of 3001 characters": [section(text=mrkdwn("x" * 3001))],
    "a section with an empty text": [section(text=mrkdwn(""))],
    "a section whose text is a string": [section(text="Words")],
    "a section with eleven fields": [section(fields=[mrkdwn()] * 11)],
    "a section with a field of 2001 characters": [section(fields=[mrkdwn("x" * 2001)])],
    "a section with an accessory that takes typing": [section(accessory=text_input())],
    "a section with a property nobody knows": [section(colour="red")],
    "a text object of an unknown type": [section(text={"type": "markdown", "text": "x"})],
    "mrkdwn with emoji": [section(text={"type": "mrkdwn", "text": "x", "emoji": True})],
    "plain text with verbatim": [section(text=plain(verbatim=True))],
    "a header of 151 characters": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn()}],
    "a header without text": [{"type": "header"}],
    "a divider with text": [{"type": "divider", "text": mrkdwn()}],
    "a context with eleven elements": [{"type": "context", "elements": [mrkdwn()] * 11}],
    "a context with nothing in it": [{"type": "context", "elements": []}],
    "a context with a button": [{"type": "context", "elements": [button()]}],
    "26 buttons": [actions(*(button(action_id=str(n)) for n in range(26)))],
    "actions with nothing in them": [actions()],
    "two buttons with one action_id": [actions(button(), button())],
    "actions with an image": [actions(IMAGE)],
    "actions that are no list": [{"type": "actions", "elements": {"0": button()}}],
    "a button of 76 characters": [actions(button(text=plain("x" * 76)))],
    "a button with mrkdwn": [actions(button(text=mrkdwn()))],
    "a button without text": [actions({"type": "button", "action_id": "a"})],
    "a button with a value of 2001 characters": [actions(button(value="x" * 2001))],
    "a button whose value is a number": [actions(button(value=1))],
    "a button with an empty value": [actions(button(value=""))],
    "a button with an action_id of 256 characters": [actions(button(action_id="x" * 256))],
    "a button with a url of 3001 characters": [actions(button(url="https://example.com/" + "x" * 2981))],
    "a button with a url that is none": [actions(button(url="here"))],
    "a button in a style of its own": [actions(button(style="warning"))],
    "a button with a screen reader's label of 76 characters": [actions(button(accessibility_label="x" * 76))],
    "a block_id on an element": [actions(button(block_id="b"))],
    "a confirm dialog without a no": [actions(button(confirm={k: v for k, v in CONFIRM.items() if k != "deny"}))],
    "a confirm title of 101 characters": [actions(button(confirm=CONFIRM | {"title": plain("x" * 101)}))],
    "a confirm text of 301 characters": [actions(button(confirm=CONFIRM | {"text": mrkdwn("x" * 301)}))],
    "a confirm button of 31 characters": [actions(button(confirm=CONFIRM | {"confirm": plain("x" * 31)}))],
    "a type on a confirm dialog": [actions(button(confirm=CONFIRM | {"type": "confirm"}))],
    "a menu without options": [actions({"type": "static_select", "action_id": "a"})],
    "a menu with no options in its list": [actions(select(options=[]))],
    "a menu with 101 options": [actions(select(options=options(101)))],
    "a menu with options and groups": [actions(select(option_groups=[{"label": plain(), "options": options()}]))],
    "an option of 76 characters": [actions(select(options=[{"text": plain("x" * 76), "value": "1"}]))],
    "an option value of 151 characters": [actions(select(options=[{"text": plain(), "value": "x" * 151}]))],
    "an option without value": [actions(select(options=[{"text": plain()}]))],
    "an option with a type": [actions(select(options=[{"type": "option", "text": plain(), "value": "1"}]))],
    "a description of 76 characters": [
        actions(select(options=[{"text": plain(), "value": "1", "description": plain("x" * 76)}]))
    ],
    "an initial option that is not offered": [actions(select(initial_option={"text": plain("Else"), "value": "9"}))],
    "a placeholder of 151 characters": [actions(select(placeholder=plain("x" * 151)))],
    "an overflow menu of six": [section(accessory={"type": "overflow", "options": options(6)})],
    "eleven checkboxes": [actions({"type": "checkboxes", "action_id": "a", "options": options(11)})],
    "eleven radio buttons": [actions({"type": "radio_buttons", "action_id": "a", "options": options(11)})],
    "a date that is none": [actions({"type": "datepicker", "action_id": "a", "initial_date": "24.12.2026"})],
    "a time that is none": [actions({"type": "timepicker", "action_id": "a", "initial_time": "25:00"})],
    "a datetime in milliseconds": [
        actions({"type": "datetimepicker", "action_id": "a", "initial_date_time": 1_795_000_000_000})
    ],
    "a date picker for the time in a section": [section(accessory={"type": "datetimepicker", "action_id": "a"})],
    "an image without alt_text": [{"type": "image", "image_url": "https://example.com/a.png"}],
    "an image without a source": [{"type": "image", "alt_text": "A heron"}],
    "an image with an empty alt_text": [IMAGE | {"alt_text": ""}],
    "an image from a file on disk": [IMAGE | {"image_url": "file:///a.png"}],
    "an email input in a message": [field({"type": "email_text_input", "action_id": "a"})],
    "an input with a button": [field(button())],
    "an alert in a message": [{"type": "alert", "text": mrkdwn()}],
    "markdown of 12001 characters": [{"type": "markdown", "text": "x" * 12_001}],
    "two markdown blocks of 12001 characters in all": [{"type": "markdown", "text": "x" * 6001}] * 2,
    "rich text with an element nobody knows": [rich({"type": "shout", "text": "x"})],
    "rich text with an empty word": [rich({"type": "text", "text": ""})],
    "rich text without a section": [{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}],
    "rich text in a style nobody knows": [rich({"type": "text", "text": "x", "style": {"blink": True}})],
    "a list in a style nobody knows": [
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "dashes", "elements": []}]}
    ],
    "two tables": [table(), table()],
    "a table of 101 rows": [table(rows=101)],
    "a table of 21 columns": [table(columns=21)],
    "a table with rows of unlike length": [{"type": "table", "rows": [*table()["rows"], [CELL]]}],
    "a table of more than 10000 characters": [{"type": "table", "rows": [[CELL | {"text": "x" * 10_001}]]}],
    "three charts": [chart(), chart(), chart()],
    "a chart with a title of 51 characters": [chart() | {"title": "x" * 51}],
    "a chart of a kind nobody knows": [chart(type="donut")],
    "a chart that leaves out a category": [chart(series=[{"name": "Sent", "data": [{"label": "W1", "value": 4}]}])],
    "a chart with the same category twice": [chart(axis_config={"categories": ["W1", "W1"]})],
    "a chart with two series of one name": [chart(series=chart()["chart"]["series"] * 2)],
    "a chart without axes": [{"type": "data_visualization", "title": "x", "chart": {"type": "line", "series": []}}],
    "a pie with a part of nothing": [pie(1, 0)],
    "a pie of seven parts": [pie(*range(1, 8))],
    "two plans": [{"type": "plan", "title": "Steps", "tasks": [task()]}] * 2,
    "a plan with the same task twice": [{"type": "plan", "title": "Steps", "tasks": [task(), task()]}],
    "a task that stands alone and is pending": [task(status="pending")],
    "a task of a status nobody knows": [task(status="done")],
    "a card with nothing in it": [{"type": "card", "subtitle": mrkdwn()}],
    "a card whose body has 201 characters": [CARD | {"body": mrkdwn("x" * 201)}],
    "a carousel of eleven": [{"type": "carousel", "elements": [CARD] * 11}],
    "a container without a title": [{"type": "container", "child_blocks": [section()]}],
    "a container with blocks instead of child_blocks": [{"type": "container", "title": plain(), "blocks": [section()]}],
    "a container in a container": [
        {"type": "container", "title": plain(),
         "child_blocks": [{"type": "container", "title": plain(), "child_blocks": [section()]}]}
    ],
    "six feedback elements": [
        {"type": "context_actions", "elements": [FEEDBACK | {"action_id": str(n)} for n in range(6)]}
    ],
    "an icon nobody knows": [
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "star", "text": plain()}]}
    ],
    "a video with a title of 200 characters": [
        {"type": "video", "alt_text": "x", "title": plain("x" * 200), "video_url": "https://e.org/v",
         "thumbnail_url": "https://e.org/t"}
    ],
}  # fmt: skip

WRONG_VIEWS: dict[str, Json] = {
    "a view of an unknown type": {"type": "page", "blocks": []},
    "a modal without a title": {"type": "modal", "blocks": []},
    "a modal title of 25 characters": modal(title=plain("x" * 25)),
    "a submit label of 25 characters": modal(submit=plain("x" * 25)),
    "a close label of 25 characters": modal(close=plain("x" * 25)),
    "inputs without submit": {k: v for k, v in modal(field(text_input())).items() if k != "submit"},
    "private_metadata of 3001 characters": modal(private_metadata="x" * 3001),
    "a callback_id of 256 characters": modal(callback_id="x" * 256),
    "101 blocks": modal(*[{"type": "divider"}] * 101),
    "more than 250 KB": modal(*[section(text=mrkdwn("x" * 3000)) for _ in range(90)]),
    "a modal with an id": modal(id="V1"),
    "a modal with state": modal(state={"values": {}}),
    "a table in a modal": modal(table()),
    "markdown in a modal": modal({"type": "markdown", "text": "x"}),
    "a card in a modal": modal(CARD),
    "a chart in a modal": modal(chart()),
    "feedback buttons in a modal": modal({"type": "context_actions", "elements": [FEEDBACK]}),
    "a workflow button in a modal": modal(
        actions({"type": "workflow_button", "text": plain(), "workflow": {"trigger": {"url": "https://e.org"}}})
    ),
    "an input without a label": modal({"type": "input", "element": text_input()}),
    "a label in mrkdwn": modal(field(text_input(), label=mrkdwn())),
    "a label of 2001 characters": modal(field(text_input(), label=plain("x" * 2001))),
    "a hint of 2001 characters": modal(field(text_input(), hint=plain("x" * 2001))),
    "a text input of 3001 characters": modal(field(text_input(max_length=3001))),
    "a text input shorter than it must be": modal(field(text_input(min_length=10, max_length=5))),
    "a text that is too long from the start": modal(field(text_input(max_length=3, initial_value="four"))),
    "a number input that does not say if it takes parts": modal(field({"type": "number_input", "action_id": "a"})),
    "a number as a number": modal(field({"type": "number_input", "is_decimal_allowed": True, "min_value": 1})),
    "a file input for eleven files": modal(field({"type": "file_input", "action_id": "a", "max_files": 11})),
    "a text input in actions": modal(actions(text_input())),
    "two elements that want the focus": modal(
        field(text_input(focus_on_load=True)), field(text_input(focus_on_load=True, action_id="b"))
    ),
    "an alert of 201 characters": modal({"type": "alert", "text": mrkdwn("x" * 201)}),
    "an alert of a level nobody knows": modal({"type": "alert", "text": mrkdwn(), "level": "panic"}),
    "a title on Home": {"type": "home", "title": plain(), "blocks": []},
    "an alert on Home": {"type": "home", "blocks": [{"type": "alert", "text": mrkdwn()}]},
    "an email input on Home": {"type": "home", "blocks": [field({"type": "email_text_input", "action_id": "a"})]},
    "Home without blocks": {"type": "home"},
}  # fmt: skip

GOOD_MESSAGES: dict[str, list[Json]] = {
    "nothing": [],
    "a section with everything": [section(fields=[mrkdwn("x" * 2000)] * 10, accessory=button(), expand=True)],
    "50 blocks": [{"type": "divider"}] * 50,
    "the longest texts": [section(text=mrkdwn("x" * 3000)), {"type": "header", "text": plain("x" * 150, emoji=False)}],
    "every button": [
        actions(
            button(action_id="1", style="primary", value="x" * 2000, confirm=CONFIRM | {"style": "danger"}),
            button(action_id="2", url="https://example.com", accessibility_label="x" * 75),
        )
    ],
    "every menu": [
        actions(
            select(placeholder=plain(), initial_option=options(1)[0], confirm=CONFIRM),
            {"type": "static_select", "action_id": "g", "option_groups": [{"label": plain(), "options": options(100)}]},
            {"type": "users_select", "action_id": "u", "initial_user": "U1"},
            {"type": "conversations_select", "action_id": "c", "filter": {"exclude_bot_users": True}},
            {"type": "channels_select", "action_id": "ch"},
            {"type": "external_select", "action_id": "e", "min_query_length": 0},
            {"type": "overflow", "action_id": "o", "options": options(1)},
        )
    ],
    "every choice": [
        actions(
            {"type": "checkboxes", "action_id": "k", "options": options(10), "initial_options": options(2)},
            {"type": "radio_buttons", "action_id": "r", "options": options(10)},
            {"type": "datepicker", "action_id": "d", "initial_date": "2028-02-29", "placeholder": plain()},
            {"type": "timepicker", "action_id": "t", "initial_time": "23:59", "timezone": "Europe/Berlin"},
            {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1_795_000_000},
        )
    ],
    "pictures": [IMAGE | {"title": plain()}, section(accessory=IMAGE),
                 {"type": "context", "elements": [IMAGE, mrkdwn(), plain()]},
                 {"type": "image", "alt_text": "A heron", "slack_file": {"id": "F1"}}],
    "an input in a message": [field(text_input(multiline=True, min_length=1, max_length=3000), optional=True)],
    "rich text": [
        rich(
            {"type": "text", "text": "x", "style": {"bold": True}}, {"type": "link", "url": "https://e.org"},
            {"type": "emoji", "name": "wave"}, {"type": "user", "user_id": "U1"},
            {"type": "broadcast", "range": "here"},
            {"type": "date", "timestamp": 1, "format": "{date}"}, {"type": "color", "value": "#00FF00"},
        ),
        {"type": "rich_text", "elements": [
            {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}], "border": 1},
        ]},
    ],
    "a table": [table(100, 20) | {"column_settings": [{"align": "right"}, None, {"is_wrapped": True}]}],
    "two charts": [chart(), pie(1, 2.5)],
    "a plan and a task": [
        {"type": "plan", "title": "Steps", "tasks": [task(1, status="pending"), task(2, details=rich(WORD))]},
        task(3, sources=[{"type": "url", "url": "https://e.org", "text": "Source"}]),
    ],
    "cards": [CARD, {"type": "carousel", "elements": [CARD] * 10}],
    "a container": [
        {"type": "container", "title": plain(), "child_blocks": [section(), actions(button())], "is_collapsible": True}
    ],
    "feedback": [
        {"type": "context_actions", "elements": [FEEDBACK, TRASH]}
    ],
    "markdown": [{"type": "markdown", "text": "# x"}],
}  # fmt: skip

GOOD_VIEWS: dict[str, Json] = {
    "an empty modal": {"type": "modal", "title": plain("x" * 24), "blocks": []},
    "a modal with every input": modal(
        *(
            field(element | {"action_id": str(n)}, optional=True)
            for n, element in enumerate(
                (
                    text_input(placeholder=plain(), initial_value=""), {"type": "email_text_input"},
                    {"type": "url_text_input"},
                    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "-1.5"},
                    {"type": "file_input", "filetypes": ["pdf"], "max_files": 10}, {"type": "rich_text_input"},
                    {"type": "multi_static_select", "options": options(3), "max_selected_items": 2},
                    {"type": "multi_users_select"}, {"type": "datepicker"},
                    {"type": "checkboxes", "options": options(2)},
                )
            )
        ),
        private_metadata="x" * 3000, callback_id="m", notify_on_close=True, clear_on_close=False, close=plain("No"),
    ),
    "a modal with an alert": modal({"type": "alert", "text": mrkdwn(), "level": "warning"}),
    "Home": {"type": "home", "blocks": [section(), actions(button()), *[{"type": "divider"}] * 98]},
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_MESSAGES)
def test_slack_refuses_a_message_with(what: str) -> None:
    complaints = check_message({"blocks": WRONG_MESSAGES[what]})
    assert complaints
    assert all(each.startswith("[ERROR] ") and "[json-pointer:/blocks" in each for each in complaints)


@pytest.mark.parametrize("what", WRONG_VIEWS)
def test_slack_refuses(what: str) -> None:
    complaints = check_view(WRONG_VIEWS[what])
    assert complaints
    assert all(each.startswith("[ERROR] ") and "[json-pointer:/view" in each for each in complaints)


@pytest.mark.parametrize("what", GOOD_MESSAGES)
def test_slack_takes_a_message_with(what: str) -> None:
    assert check_message({"blocks": GOOD_MESSAGES[what]}) == []


@pytest.mark.parametrize("what", GOOD_VIEWS)
def test_slack_takes(what: str) -> None:
    assert check_view(GOOD_VIEWS[what]) == []


def test_the_refusals_are_worded_as_slack_words_them() -> None:
    blocks = [{"type": "header", "text": plain("x" * 151)}, {"type": "divider", "text": "x"}, {"type": "nope"}]
    assert check_message({"blocks": blocks}) == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] invalid additional property: text [json-pointer:/blocks/1]",
        "[ERROR] unsupported type: nope [json-pointer:/blocks/2/type]",
    ]
    assert check_message({"blocks": [{"type": "divider"}] * 51}) == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_blocks_inside_attachments_obey_the_same_table() -> None:
    assert check_attachments([{"blocks": [{"type": "nope"}]}])
    assert check_attachments([{"text": "old style"}]) == []
    assert check_attachments([{}] * 101)
    assert check_attachments("no list")


def test_more_than_75_wrong_payloads_are_refused() -> None:
    assert len(WRONG_MESSAGES) + len(WRONG_VIEWS) >= 75
