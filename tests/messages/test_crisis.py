"""Someone to call: only numbers a source stands behind, by country, and the international line always."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from messages import crisis

WRITTEN = date(2026, 11, 23)
ROW = """
[[lines]]
country = "{country}"
name = "A line"
name_en = "A line"
how = "Call {call}."
call = "{call}"
hours = "24/7"
emergency = "112"
source_url = "https://example.org"
verified_at = {verified}
verified_how = "official page"
confidence = "{confidence}"
"""


def written(folder: Path, *rows: dict[str, str], also: str = "") -> Path:
    file = folder / "crisis.toml"
    usual = {"country": "AA", "call": "123", "verified": "2026-11-01", "confidence": "high"}
    text = '[countries]\nAA = "Aland"\n' + "".join(ROW.format(**{**usual, **row}) for row in rows) + also
    file.write_text(text, encoding="utf-8")
    return file


def complaints(file: Path) -> str:
    return " ".join(str(finding) for finding in crisis.findings(WRITTEN, file))


def test_nothing_is_wrong_with_the_lines_we_ship() -> None:
    assert crisis.findings(WRITTEN) == []


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("US", "988"), ("CA", "988"), ("GB", "116 123"), ("IE", "116 123"), ("AU", "13 11 14"), ("IN", "14416"),
        ("DE", "0800 111 0 111"), ("CH", "143"), ("FR", "3114"), ("NL", "113"), ("ES", "024"), ("PT", "1411"),
        ("IT", "02 2327 2327"), ("LV", "116123"), ("BR", "188"), ("MX", "800 911 2000"), ("JP", "0120-061-338"),
        ("KR", "109"), ("CN", "12356"), ("HK", "2389 2222"), ("SG", "1771"), ("NZ", "1737"), ("ZA", "0800 567 567"),
        ("IL", "1201"),
    ],
)  # fmt: skip
def test_people_see_their_country_s_line_and_the_international_one_last(country: str, number: str) -> None:
    shown = crisis.lines(country)
    assert number in shown[0].how
    assert shown[0].emergency
    assert all(line.country == country for line in shown[:-1])
    assert shown[-1].country == "INT"
    assert "findahelpline.com" in shown[-1].how


@pytest.mark.parametrize("country", [None, "", "XX", "AT", "UA", "TR", "INT", "int", "<!channel>"])
def test_people_elsewhere_see_the_international_line_alone(country: str | None) -> None:
    assert [line.name for line in crisis.lines(country)] == ["Find A Helpline"]


def test_a_country_is_found_in_small_letters() -> None:
    assert crisis.lines("us") == crisis.lines("US")


def test_numbers_that_went_stale_elsewhere_are_not_shown() -> None:
    every = " ".join(
        f"{line.how} {line.call} {line.text}" for code, _ in crisis.countries() for line in crisis.lines(code)
    )
    for gone in ("1-800-273", "0800-0113", "7333", "1393", "0570-783-556", "141.", "1800-221", "press 3", "456-4566"):
        assert gone not in every


def test_every_row_says_where_it_comes_from_and_that_nobody_dialled() -> None:
    for code, _ in crisis.countries():
        for line in crisis.lines(code):
            assert line.source_url.startswith("http")
            assert "nothing was dialled" in line.verified_how


def test_the_picker_offers_every_country_with_a_line_by_name() -> None:
    offered = crisis.countries()
    assert [country.name for country in offered] == sorted(country.name for country in offered)
    assert crisis.Country("US", "United States") in offered
    assert all(len(crisis.lines(country.code)) > 1 for country in offered)


def test_a_row_nobody_vouches_for_is_not_shown(tmp_path: Path) -> None:
    file = written(tmp_path, {"confidence": "medium"}, {"country": "INT", "confidence": "high"})
    assert [line.country for line in crisis.lines("AA", file)] == ["INT"]
    assert crisis.countries(file) == []


def test_a_release_stops_at_a_row_older_than_180_days() -> None:
    assert crisis.findings(date(2026, 10, 5) + timedelta(days=180)) == []
    stale = crisis.findings(date(2026, 10, 5) + timedelta(days=181))
    assert "988 Suicide & Crisis Lifeline" in str(stale[0])
    assert "more than 180 days ago" in str(stale[0])


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"verified": '"2026-11-01"'}, "is no date"),
        ({"verified": "2027-01-01"}, "lies ahead"),
        ({"confidence": "sure"}, "is none we know"),
        ({"country": "BB"}, "has no name"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: dict[str, str], complaint: str) -> None:
    assert complaint in complaints(written(tmp_path, row, {"country": "INT"}))


def test_a_row_without_a_source_or_with_a_slip_is_named(tmp_path: Path) -> None:
    lacking = '[[lines]]\ncountry = "AA"\nname = "B"\nemergancy = "112"\n'
    heard = complaints(written(tmp_path, {"country": "INT"}, also=lacking))
    assert "source_url is missing" in heard
    assert "emergancy is a name nothing reads" in heard


def test_a_number_the_sentence_does_not_say_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, {"country": "INT"}, {})
    file.write_text(
        file.read_text(encoding="utf-8").replace('how = "Call 123."', 'how = "Call 124."'), encoding="utf-8"
    )
    assert "how does not say the number" in complaints(file)


def test_a_file_without_the_international_line_is_named(tmp_path: Path) -> None:
    assert "international line is missing" in complaints(written(tmp_path, {}))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    file = tmp_path / "crisis.toml"
    file.write_text("[countries", encoding="utf-8")
    assert "cannot be read" in complaints(file)
