"""What can go wrong in a way somebody can mend. The text is for the person who reads it."""

from __future__ import annotations


class Refusal(Exception):
    """Onward will not start or go on like this. Its text is one sentence with the remedy; the exit code is 2."""


class Busy(Exception):
    """The database cannot take this now: locked, full or away. Nothing was written."""


class NotStaff(Exception):
    """A press or form of the career center by somebody who is not staff there, or is no more."""


class NotCoach(Exception):
    """A press that is for a coach, by somebody who is none."""


class UnknownJourney(Exception):
    """A press or form about a thread that is not there any more, or that belongs to another member."""
