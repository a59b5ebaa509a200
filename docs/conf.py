"""How Sphinx builds the docs: ``make docs``. A link that leads nowhere fails the build."""

from pathlib import Path
from typing import Any

project = "Onward"
author = "Onward contributors"
extensions = ["myst_parser"]
exclude_patterns = ["pictures", "deploy", "monitoring"]
html_theme = "furo"
html_title = "Onward"
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4  # links to headings, as the pages have them on a forge

# Pages the index leads to as soon as somebody has written them.
AWAITED = {"career-center", "performance", "security"}


def setup(app: Any) -> None:
    app.connect("source-read", without_what_is_awaited)


def without_what_is_awaited(_app: Any, page: str, source: list[str]) -> None:
    here = Path(__file__).parent
    if page == "index":
        lines = source[0].splitlines()
        source[0] = "\n".join(each for each in lines if each not in AWAITED or (here / f"{each}.md").exists())
