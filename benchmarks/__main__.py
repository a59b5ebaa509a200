"""``python -m benchmarks [--size quick|full|tiny] [what …]``: every figure in docs/performance.md, as tables.

Everything runs on this machine, against a Slack of its own, in fresh databases that are deleted afterwards.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

from benchmarks import commands, delivering, neighbour, planning, starting
from benchmarks.databases import Databases, databases
from benchmarks.sizes import SIZES, Size

PARTS: dict[str, Callable[[Databases, Size], None]] = {
    "starting": starting.run,
    "commands": commands.run,
    "planning": planning.run,
    "delivering": delivering.run,
    "replicas": delivering.replicas,
    "neighbour": neighbour.run,
}


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    given.add_argument("--size", choices=SIZES, default="quick")
    given.add_argument("--databases", help="sqlite, postgresql or both with a comma between")
    given.add_argument("--pending", help="how many check-ins are pending: numbers with commas between")
    given.add_argument("what", nargs="*", choices=[*PARTS, []], help="all when nothing is named")
    asked = given.parse_args()
    size = SIZES[asked.size]
    if asked.databases:
        size = replace(size, engines=tuple(asked.databases.split(",")))
    if asked.pending:
        size = replace(size, pending=tuple(int(each) for each in asked.pending.split(",")))
    with databases() as made:
        for name in asked.what or PARTS:
            PARTS[name](made, size)


if __name__ == "__main__":
    main()
