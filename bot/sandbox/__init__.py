"""An honest Slack on this machine: one workspace, its Web API, its people and their hands.

It knows Slack and nothing of Onward, so that it cannot be kinder to Onward than Slack is. Lowest first: kinds, clock,
changes, manifest, limits; workspace (people, channels, messages, views); block_kit (pure); journal, faults, triggers,
response_urls; bot_door and socket_hub (towards the bot); platform (all of it together); web_api; hands; control, site
and slack, which tests open.
"""
