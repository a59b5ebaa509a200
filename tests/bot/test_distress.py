"""Listening for distress: which words weigh how much. Tables first, then what holds for any text at all."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.distress import Tier, listen, listen_to_names
from messages.distress import phrases
from messages.library import Library
from messages.locale import Locale

STRONG = """
I want to kill myself
I'm going to kill myself tonight.
I keep thinking about killing myself
I want to end my life
I am ready to end my own life
I will take my own life
I want to die
i wanna die
i just want to fucking die
Sometimes I really want to die.
I want to die 😂
I'd be better off dead
I'm suicidal
I feel suicidal since the layoff
I have suicidal thoughts
I want to hurt myself
I cut myself again
I have been hurting myself
I started cutting myself again
I don't want to be here anymore
I do not want to be here any more.
i dont want to be here anymore
There is no reason to live
I have no reason to live anymore
Everyone would be better off without me
everybody would be better off without me
My family would be better off without me.
Goodbye forever
this is goodbye forever, thank you all
I want to end it all
What if I ended it? I think about ending it all
I wish I was dead
I wish I were dead.
I wish I had never been born
I wish I'd never been born
I don't want to live
I don't want to live anymore
I don't want to live in this world
I don't want to exist
There's nothing left to live for
my life is not worth living
Life isn't worth living
I am tired of living
I'm tired of being alive
I don't want to wake up
I hope I don't wake up
I wish I could go to sleep and never wake up
I deserve to die
I should be dead
No one would miss me
nobody would miss me
They'd all be better off if I was dead
I'm thinking about suicide
I have thoughts of suicide
I might commit suicide
I attempted suicide last year
I wrote a suicide note
How to die without pain
I don't care if I live or die
I don't care if I die
I want to unalive myself
I want to unalive
kms
i'm gonna kms
KMS lol
I can't stop thinking about suicide, it is all I think of
why not kill myself
I'm not okay. I want to die.
I'm not fine, suicidal even
not sure why, but I want to die
They told me I should die
He told me to kill myself
My boss makes me suicidal
my friend left and now I want to die
I don't know if I want to live or if I want to die
This job search is killing me and I want to die
killed the interview but I still want to die
the deadline is over and so am I, I want to kill myself
I was dying to hear back. Now I am just suicidal.
""".strip().splitlines()  # fmt: skip

SOFT = """
I can't do this anymore
i cant do this any more
I cannot go on
I can't go on
There's no way out
What's the point
What is the point of any of it?
whats the point
I feel hopeless
It all seems hopeless
I feel worthless
I'm worthless
I give up on everything
I'm so tired of life
I can't take it anymore
I hate myself
I hate my life
I feel like a burden
I'm a failure
I want to disappear
I don't want to be here
nothing matters anymore
This job search is killing me
the job search is absolutely killing me.
These interviews are killing me
It's killing me, this job search
Job hunting will be the death of me
All these applications are killing me
The waiting is killing me
I can't take it, another rejection
The silence from recruiters is killing me
This search is eating me alive
I'm not suicidal but this is hard
I am not suicidal, just exhausted
I'm not really suicidal
I don't want to die, I want a job
I do not want to die
I'm not going to kill myself
I would never kill myself
I'd never hurt myself
I won't hurt myself
I'm not thinking about killing myself
I don't want to kill myself
no plans to hurt myself
my brother died by suicide last spring
I lost my best friend to suicide
She killed herself when I was ten
suicide
why do people joke about suicide
kill yourself
someone kill me
I'd rather die than do another video interview
""".strip().splitlines()  # fmt: skip

SOMEONE_ELSE = """
I'm worried about a friend who wants to die
worried about a friend who wants to die
My friend wants to kill himself
my roommate is suicidal
My brother says he wants to die
She told me she is suicidal
A student of mine is hurting herself
my sister keeps hurting herself
He wants to end his life
I think my partner wants to end their life
my friend is thinking about suicide
Someone in my cohort said she wants to kill herself
My colleague is cutting himself
my mom wishes she was dead
He doesn't want to live
my dad said he would be better off dead
A classmate attempted suicide
""".strip().splitlines()  # fmt: skip

NONE = """
I'm dying to hear back
I was dying to hear back from them
I killed the interview
I totally killed that interview
killed it!
The deadline is on Friday
I'm dead 😂
I'm dead tired
drop-dead date is Monday
I bombed it
Shoot me an email
I saw Suicide Squad at the weekend
My hopes died
My back is killing me
these shoes are killing me
That joke is killing me
My skills did not fit
overskilled and underpaid
I learned new skills myself
She has a killer portfolio
I volunteer at a suicide prevention hotline
I applied to the Suicide Prevention Network
That would be career suicide
It felt like political suicide
I want to die of embarrassment
I wanted to die of boredom in that meeting
I almost killed myself laughing
I shot myself in the foot there
I don't want to shoot myself in the foot
I should cut myself some slack
I need to cut myself off from LinkedIn
I cut myself shaving before the interview
I hurt myself at the gym
I want to take my life back
time to take my life in a new direction
I don't want to live in Berlin
I don't want to live with my parents
I'm tired of living out of a suitcase
I don't want to wake up early
I did not wake up in time
I am hopeless at small talk
I'm a hopeless romantic
My commute is 20 kms
It is a few kms away
I configured AWS KMS and IAM
We rotate KMS keys
I took the day off myself
It hurt my self-esteem
It did not hurt my self confidence
That was hard on my self worth.
I can't go on Monday, can we say Tuesday?
What's the point of contact?
This project nearly died
The team was cut, myself included
They die hard
I want to do my best
I want to dive into data
I'd kill for that job
A job to die for
I would repeat the part about the project.
Next time I would ask about the team first.
If they ask for salary then I will name a range.
Apply to two roles, Tuesday at 10.
They said I need more experience with Kubernetes.
Keep the story about the migration, try shorter answers.
I live in a small town
I want to live closer to work
I felt alive in that talk
Section 1 ends here
I myself will end the call
a b c d e f
plan B: U.S. or U.K.
h1b, k1 and 401k
Employers killed the role
I applied everywhere and got no answer
Got ghosted again
The rejection stung
""".strip().splitlines()  # fmt: skip

# The same in disguise.
DISGUISED = """
I WANT TO DIE
i   want   to   die
I want, to die
i want to d i e
k i l l myself
k i l l  m y s e l f
k.i.l.l myself
k-i-l-l myself
K_I_L_L myself
k i l l m y s e l f
s u i c i d a l
kill.myself
_kill myself_
*kill* *myself*
~I want to~ `die`
kiiiill myself
killl myselfff
i want to dieeeee
k1ll myself
ki11 myself
k!ll myself
k|ll myself
kill my$elf
su1c1dal
$uicidal
suic!dal
want to d1e
w4nt to die
k*ll myself
k**l myself
s*icidal
I don’t want to be here anymore
I donʼt want to live
I don´t want to live
i do n't want to live, I want to die
ı want to die
I wänt to díe
I want to die\u0301\u0302\u0303
wa\u200bnt to d\u200die
want\u2060 to die
want to d\u00adie
\u202ewant to die\u202c
\u2067want\u2069 to die
ｗａｎｔ ｔｏ ｄｉｅ
𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞
𝕨𝕒𝕟𝕥 𝕥𝕠 𝕕𝕚𝕖
ⓦⓐⓝⓣ ⓣⓞ ⓓⓘⓔ
want to die.txt
I &amp; myself want to die
&gt; I want to die
<https://example.org|I want to die>
I want to😭die
want to die!!!!!!!!
"want to die"
sui\ufe0fcidal
my self, I want to hurt my self
unaliving myself
i want to sewerslide
""".strip("\n").splitlines()  # fmt: skip  # noqa: RUF001 - that is what is tried

NAMES = """
Samaritans
Suicide Prevention Network
crisis counsellor
Suicide Squad Game Studio
988 Suicide & Crisis Lifeline
Suicidal Tendencies
KMS Technology
KMS
KillerStartups
Kill Bill Productions
Hopeless Records
Worthless Studios
What's the Point Ltd
Skills Myself Academy
Die Zeit
Deadline Hollywood
Drop Dead Clothing
Cut & Paste
Head of Overdose Prevention
Self Harm Prevention Nurse
my friend's company
No Way Out Escape Rooms
End to End Life Insurance
""".strip().splitlines()  # fmt: skip


@pytest.fixture(scope="module")
def english() -> Locale:
    return _english()


@pytest.mark.parametrize("said", STRONG)
def test_what_is_heavy_is_heard(english: Locale, said: str) -> None:
    assert listen(english, said) is Tier.STRONG


@pytest.mark.parametrize("said", SOFT)
def test_what_is_exhausted_denied_or_about_somebody_lost_is_heard_softly(english: Locale, said: str) -> None:
    assert listen(english, said) is Tier.SOFT


@pytest.mark.parametrize("said", SOMEONE_ELSE)
def test_worry_about_somebody_else_is_told_apart(english: Locale, said: str) -> None:
    assert listen(english, said) is Tier.SOMEONE_ELSE


@pytest.mark.parametrize("said", NONE)
def test_figures_of_speech_and_plain_job_talk_are_left_alone(english: Locale, said: str) -> None:
    assert listen(english, said) is Tier.NONE


@pytest.mark.parametrize("said", [*DISGUISED, "I want\tto\r\ndie", "I want\x00to die", "w\u034fant to die"])
def test_however_it_is_written(english: Locale, said: str) -> None:
    assert listen(english, said) is Tier.STRONG


@pytest.mark.parametrize("name", NAMES)
def test_names_are_names(english: Locale, name: str) -> None:
    assert listen_to_names(english, name) is Tier.NONE


@pytest.mark.parametrize("name", ["I want to die", "kill myself", "i don’t want to live", "Better off dead"])
def test_a_strong_phrase_in_the_field_of_a_name_is_heard(english: Locale, name: str) -> None:
    assert listen_to_names(english, None, "Initech", name) is Tier.STRONG


def test_the_heaviest_of_several_texts_counts(english: Locale) -> None:
    assert listen(english, "I feel hopeless", None, "", "my friend is suicidal") is Tier.SOMEONE_ELSE
    assert listen(english, "my friend is suicidal, and I want to die") is Tier.STRONG
    assert listen(english) is listen(english, None, "") is Tier.NONE


# the list itself


def test_every_phrase_of_ours_is_found_as_it_stands(english: Locale) -> None:
    listed = phrases(english)
    assert [each for each in listed.strong if listen(english, each) is not Tier.STRONG] == []
    assert [each for each in listed.soft if listen(english, each) is not Tier.SOFT] == []
    assert [each for each in listed.forms if listen(english, f"my friend, {each}") is not Tier.SOMEONE_ELSE] == []


def test_every_idiom_of_ours_keeps_something_from_being_heard(english: Locale) -> None:
    listed = phrases(english)
    assert [each for each in listed.idioms if listen(english, each) is not Tier.NONE] == []
    idle = [each for each in listed.idioms if not any(part in f" {each} " for part in _parts(english))]
    assert idle == []


def _parts(english: Locale) -> list[str]:
    listed = phrases(english)
    return [f" {each} " for each in (*listed.strong, *listed.soft)]


def test_nothing_the_bot_says_itself_would_be_heard(english: Locale) -> None:
    ours = {name: text for name, text in english.texts.items() if not name.startswith("distress:")}
    assert len(ours) > 300
    assert [name for name, text in ours.items() if listen(english, text) is Tier.STRONG] == []


def test_another_language_has_its_own_phrases_and_ours(tmp_path: Path) -> None:
    own = tmp_path / "en-AU" / "distress.toml"
    own.parent.mkdir()
    own.write_text('[strong]\nlocal = """\nend the lot of it\n死にたい\n"""\n', encoding="utf-8")
    library = Library.load(tmp_path)
    australian = library.locale("en-AU")
    assert listen(australian, "I'll end the lot of it") is listen(australian, "もう死にたいです") is Tier.STRONG
    assert listen(australian, "I want to die") is Tier.STRONG
    assert listen(library.locale("en"), "I'll end the lot of it") is Tier.NONE


# whatever somebody writes

HOSTILE = (
    "a " * 5000, "k i l l " * 1250, "want to " * 1250, "*" * 10_000, "k*l" * 3333, "\u0301" * 10_000, "1!" * 5000,
    "not " * 2500, "i" * 10_000, "my friend " * 1000, "suicidal " * 1100, "i d o n t " * 1000, "\u200b" * 10_000,
    "死" * 10_000, "\U0001f469\u200d\U0001f680" * 3000, "ﷺ" * 10_000, "<@U123> " * 1250, "don't want to live in " * 450,
    "job search killing me " * 450, "$" * 10_000, "a1" * 5000, "k*****l " * 1250, "\x00" * 10_000, "e\u0301" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_the_longest_of_texts_takes_no_time(english: Locale, text: str) -> None:
    """Measured at 0.06 s for the slowest; a list that backtracks would take minutes."""
    listen(english, "ready")
    began = time.perf_counter()
    listen(english, text)
    listen_to_names(english, text)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_ten_times_the_text_takes_about_ten_times_as_long(english: Locale, text: str) -> None:
    short, long = (min(_seconds(english, text[:length]) for _ in range(3)) for length in (1000, 10_000))
    assert long < 60 * short + 0.05


def _seconds(english: Locale, text: str) -> float:
    began = time.perf_counter()
    listen(english, text)
    return time.perf_counter() - began


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_no_text_is_too_strange(text: str) -> None:
    listen(_english(), text)
    listen_to_names(_english(), text)


NEUTRAL = (
    "coffee", "the", "spreadsheet", "role", "Thursday", "a", "report", "manager", "blue", "please", "résumé", "team",
    "42", "interesting", ".", "—", "🙂", "then", "morning", "client's", "2x", "&amp;", "(see", "below)",
)  # fmt: skip
HEAVY = ("want to die", "kill myself", "end my life", "I'm suicidal", "no reason to live", "I don't want to exist")


@given(st.sampled_from(HEAVY), st.lists(st.sampled_from(NEUTRAL), max_size=12), st.lists(st.sampled_from(NEUTRAL)))
@settings(max_examples=300)
def test_other_words_around_a_heavy_phrase_do_not_make_it_lighter(
    heavy: str, before: list[str], after: list[str]
) -> None:
    assert listen(_english(), " ".join([*before, heavy, *after])) is Tier.STRONG


@cache
def _english() -> Locale:
    return Library.load().locale("en")
