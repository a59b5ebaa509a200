"""What Onward says: words and blocks. A leaf of the house: the standard library only, and it knows nobody.

Words live in ``locales/``; the modules here draw them as Slack messages, views and buttons. One file a noun.
"""
