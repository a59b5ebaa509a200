"""Looks the locked packages up among the known vulnerabilities, and says so aloud when that could not be done.

pip-audit calls a package that its service does not answer for "skipped" and ends well: a green line that means nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

COMMAND = [
    sys.executable, "-m", "pip_audit", "--requirement", "requirements-dev.txt", "--require-hashes", "--disable-pip",
    "--format", "json", "--progress-spinner", "off",
]  # fmt: skip


def main() -> int:
    asked = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"AUDIT NOT RUN: {(asked.stderr.strip() or 'no answer').splitlines()[-1][:300]}")
        return 0
    unanswered = [package["name"] for package in packages if "skip_reason" in package]
    found = [package for package in packages if package.get("vulns")]
    if unanswered:
        print(f"AUDIT NOT RUN for {len(unanswered)} of {len(packages)} packages: the service did not answer for them.")
    else:
        print(f"Audit: {len(packages)} packages looked up, {len(found)} with a known vulnerability.")
    for package in found:
        ids = ", ".join(each["id"] for each in package["vulns"])
        print(f"{package['name']} {package['version']} is vulnerable: {ids}. Raise it in pyproject.toml, `make lock`.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
