"""The hands of the people in the workspace: everything a person can do in Slack, done for tests and for the page."""
