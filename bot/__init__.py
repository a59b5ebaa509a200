"""What Onward remembers, and how it is put together.

The ground floor, lowest first: clock, settings, log, exceptions, metrics; plan and steps (pure); vault, tables,
database, store; workspaces, profiles, slack_errors, pace, delivery, reconcile, tools. The roof: app (the composition
root), scheduler, web, socket_mode, commands and the sandbox. Only the roof knows everyone.
"""
