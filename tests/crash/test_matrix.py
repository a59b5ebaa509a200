"""The crash matrix of docs/delivery.md: thirty rows, each with a test that exists."""

import re

import pytest

from tests.process import CHECKOUT

ROW = re.compile(r"^\| (\d+) \| .* \| .* \| (.*) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
ROWS = ROW.findall((CHECKOUT / "docs" / "delivery.md").read_text(encoding="utf-8"))


def test_there_are_thirty_rows_in_order() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 31))


@pytest.mark.parametrize(("number", "tests"), ROWS, ids=[number for number, _ in ROWS])
def test_every_row_names_tests_that_exist(number: str, tests: str) -> None:
    named = TEST.findall(tests)
    assert named and not TEST.sub("", tests).strip(" ,"), f"row {number} names no test"
    for file, name in named:
        written = (CHECKOUT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {name}\(", written, re.MULTILINE), f"row {number}: {file} has no {name}"
