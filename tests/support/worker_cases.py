"""What tests give to workers: calls that answer, raise, fall, hang, or want too much."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from pipeline.engine.executors import process_limits


def double(number: int) -> int:
    return 2 * number


def who(_: Any) -> int:
    return os.getpid()


def threads(_: Any) -> str:
    return os.environ["OMP_NUM_THREADS"]


def fall(_: Any) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fall_once(mark: str) -> str:
    """Falls where the mark does not lie yet."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second"


def hang(_: Any) -> None:
    time.sleep(600)


def slow_but_told(seconds: float) -> str:
    """Takes longer than its limit, and has asked for it."""
    process_limits.extend_deadline(30)
    time.sleep(seconds)
    return "done"


def eat(_: Any) -> None:
    """Takes memory bit by bit."""
    held = []
    while True:
        held.append(bytearray(2**22))


def bomb(_: Any) -> None:
    """Asks for a terabyte at once."""
    bytearray(2**40)


def nap(seconds: float) -> None:
    time.sleep(seconds)


def refuse(text: str) -> None:
    raise ValueError(text)


def miss(text: str) -> None:
    raise AttributeError(text)


def noisy(_: Any) -> str:
    """Prints where answers go, as native code may."""
    os.write(1, b"noise\n" * 1000)
    return "heard"


def versions() -> dict[str, str]:
    """Versions that no two processes have in common."""
    return {"Python": "3", "reader": f"1.{os.getpid()}"}


def no_program() -> dict[str, str]:
    raise ModuleNotFoundError("No module named 'pipeline'")


def environment(name: str) -> str | None:
    return os.environ.get(name)
