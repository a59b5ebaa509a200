"""What Onward remembers, and how it is put together.

The ground floor, lowest first: clock, settings, log, exceptions, metrics; the pure rules, such as steps, series, plan,
calendars and distress; vault, tables/, database, store/; workspaces, profiles, slack_errors, pace; delivery, sweep,
sender, reconcile; tools. The roof: app (the composition root), scheduler, web, socket, oauth, pages, commands/,
doctor/, gallery/ and sandbox/. Only the roof knows everyone.
"""
