"""Builds killed at random points: ``python -m bench.kills [POINTS]`` says how many recovered.

A build of the samples' texts is killed (SIGKILL to the process group) at a random moment. Its outputs must
then be the old ones or the new ones, complete, and the same command must produce the outputs of an
undisturbed build. Before each kill a document is changed, so that there is work to do. A build that ended
before its moment does not count.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 7
POINTS = 50
OUTPUTS = ("catalogue.json", "summary.md")
TEXTS = Path("samples/text")
CHANGED = "watugilang-iku-2024.lumajang.txt"


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a build in its own process group."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    command += ["build", str(folder), "--out", str(out), "--jobs", "2", "-q"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def outputs(out: Path) -> tuple[bytes, ...]:
    """Return the outputs of a build."""
    return tuple((out / name).read_bytes() for name in OUTPUTS)


def killed(folder: Path, out: Path, after: float) -> bool:
    """Kill a build ``after`` seconds; return False if it had ended before."""
    build = start(folder, out)
    try:
        build.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        return True
    return False


def recovered(folder: Path, home: Path, old: tuple[bytes, ...], after: float) -> tuple[bool, bool]:
    """Return whether a build was killed, and whether the next one recovered."""
    out, right = home / "out", home / "right"
    was_killed = killed(folder, out, after)
    outputs_after_kill = outputs(out)
    start(folder, out).wait()
    parts = [path for path in out.rglob("*.part") if path.is_file()]
    start(folder, right).wait()
    new = outputs(right)
    return was_killed, outputs_after_kill in (old, new) and outputs(out) == new and not parts


def change(folder: Path, text: str, point: int) -> None:
    """Change a document, so that the next build has work."""
    (folder / CHANGED).write_text(f"{text}\nCatatan {point}\n", encoding="utf-8")


def main() -> int:
    """Kill builds and print the results; return 0 if every build recovered."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else POINTS
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder = home / "in"
        shutil.copytree(TEXTS, folder)
        text = (folder / CHANGED).read_text(encoding="utf-8")
        start(folder, home / "out").wait()
        change(folder, text, -1)
        begin = time.monotonic()
        start(folder, home / "out").wait()
        seconds = time.monotonic() - begin  # duration of a build with one changed document
        tries = kills = good = 0
        while kills < points:
            old_outputs = outputs(home / "out")
            change(folder, text, tries)
            was_killed, has_recovered = recovered(folder, home, old_outputs, chance.uniform(0.05, seconds))
            tries, kills, good = tries + 1, kills + was_killed, good + (was_killed and has_recovered)
            print(f"{tries}: {_told(was_killed, has_recovered)}", flush=True)
            if not was_killed and not has_recovered:
                return 1
    print(f"{good} of {kills} builds killed in the middle recovered; {tries - kills} were done before")
    return 0 if good == points else 1


def _told(was: bool, well: bool) -> str:
    return f"{'killed' if was else 'done before'}, {'recovered' if well else 'LOST'}"


if __name__ == "__main__":
    sys.exit(main())
