"""What there is to do on each card: the buttons of its step's tools, in the order they are drawn."""

from __future__ import annotations

from messages import emails, step_presses
from messages.blocks import Element
from messages.locale import Locale


def tools(locale: Locale, journey: str, stage: str, step: str, state: str) -> list[Element]:
    """At most four buttons. ``state`` is the step's: some tools are for later and stay once it is settled."""
    settled = state in ("done", "not_now")
    three = step_presses.OpenReflection(journey).button(locale.phrase("labels.three_questions"))
    answer = step_presses.OpenFeedback(journey).button(locale.phrase("labels.got_answer"))
    plan = step_presses.OpenPlan(journey).button(locale.phrase("labels.make_plan"))
    of_step: dict[str, list[Element]] = {
        "be_professional": _draft(locale, journey, stage, step, "labels.draft_note"),
        "stay_positive": [] if settled else [three],
        "ask_for_feedback": [*_draft(locale, journey, stage, step, "labels.draft_question"), answer],
        "dont_dwell": [plan],
    }
    return of_step.get(step, [])


def _draft(locale: Locale, journey: str, stage: str, step: str, label: str) -> list[Element]:
    """Also once the step is settled: some drafts are for an answer, or for months later."""
    draft = step_presses.OpenDraft(journey, step).button(locale.phrase(label))
    return [draft] if emails.fitting(step, stage) else []
