"""Contestants: processes of their own that get ready, wait for the word, and say how it went in one line of JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
Figures = dict[str, float]


def contest(module: str, *commands: Sequence[object]) -> tuple[float, list[Figures]]:
    """Starts ``python -m module`` once for each command, all at the same moment. Seconds until the last is done."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", module, *map(str, command)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=None if "BENCH_LOUD" in os.environ else subprocess.DEVNULL, text=True,
        )
        for command in commands
    ]  # fmt: skip
    try:
        for each in started:
            _heard(each)
        began = time.perf_counter()
        for each in started:
            assert each.stdin
            each.stdin.write("go\n")
            each.stdin.flush()
        figures = [json.loads(_heard(each)) for each in started]
        return time.perf_counter() - began, figures
    finally:
        for each in started:
            each.terminate()
            each.wait()


def _heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args!r} ended with {process.wait()}: set BENCH_LOUD=1 to read why")
    return line


def ready_and_told() -> None:
    """In the contestant: everything is prepared."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def finished(**figures: float) -> None:
    sys.stdout.write(json.dumps(figures | {"peak_mb": peak_mb()}) + "\n")
    sys.stdout.flush()


def peak_mb(process: int | str = "self") -> float:
    """The most memory it ever held. Linux only; 0 elsewhere."""
    path = Path(f"/proc/{process}/status")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def now_mb(process: int | str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def rounds(many: int, what: str, run: Callable[[int], Figures]) -> Figures:
    """The median of each figure over so many rounds; every round is shown as it ends."""
    seen: list[Figures] = []
    for number in range(many):
        began = time.perf_counter()
        seen.append(run(number))
        shown = ", ".join(f"{name} {value:,.2f}" for name, value in seen[-1].items())
        say(f"  {what}, round {number + 1} of {many} ({time.perf_counter() - began:.0f} s): {shown}")
    return {name: median(each[name] for each in seen) for name in seen[0]}


def say(line: str) -> None:
    """Progress goes to standard error; standard output holds the tables."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    lines = [f"\n{title}\n", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def quiet_environment(**given: str) -> dict[str, str]:
    """What a contestant's process may know: nothing of the operator's own settings."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": os.environ.get("HOME", "/"), **given}
