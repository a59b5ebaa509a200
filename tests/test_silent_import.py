"""Nothing happens at import: whatever Onward does begins with a command, never with reading its code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

IMPORT_EVERYTHING = """
import importlib, sys, threading

def refuse(event, args):
    writes = event == "open" and (args[2] or 0) & 0o1103  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
    if writes or event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.fork",
                           "os.mkdir", "sqlite3.connect", "os.putenv", "os.unsetenv"}:
        raise RuntimeError(f"{event} {args!r:.200} at import")

sys.path.insert(0, sys.argv[1])
sys.addaudithook(refuse)
for name in sys.argv[2:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        sys.exit(f"importing {name} does something: {error!r}")
assert threading.active_count() == 1, f"a thread was started: {threading.enumerate()}"
"""


def test_nothing_happens_at_import(tmp_path: Path) -> None:
    """No environment, no network, no file written, no thread, not a word."""
    files = [path for room in ("messages", "bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]
    asked = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_EVERYTHING, str(ROOT), *names],
        cwd=tmp_path, env={}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (asked.returncode, asked.stdout + asked.stderr) == (0, "")
    assert not list(tmp_path.iterdir()), "importing left files behind"
