"""How Sphinx builds the docs: ``make docs``. A link that leads nowhere fails the build."""

project = "Onward"
author = "Onward contributors"
extensions = ["myst_parser"]
exclude_patterns = ["pictures", "deploy", "monitoring"]
html_theme = "furo"
html_title = "Onward"
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4  # links to headings, as the pages have them on a forge
