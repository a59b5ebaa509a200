"""The doctor: looks at a set-up without changing it, and says what is wrong and what to do about it.

It makes no file, migrates nothing and posts nothing. A room a subject; each is a generator of findings.
"""
