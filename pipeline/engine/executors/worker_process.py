"""A worker process: ``python -m pipeline.engine.executors.worker_process MEGABYTES``.

Takes pickled tasks from standard input and answers on standard output; both belong to the process that
started it. Ends when that one does, however it does: standard input is then closed.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Any

from pipeline.engine.executors import process_limits
from pipeline.engine.executors.protocol import resolve_call

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = struct.Struct(">Q")


def send_message(stream: IO[bytes], message: object) -> None:
    """Write one message. Raises OSError where the other side is gone."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def receive_message(stream: IO[bytes]) -> Any:
    """Read one message. Raises EOFError where the other side is gone."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def main() -> None:
    """Do tasks until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what native code prints must not come between
    lock = threading.Lock()

    def reply(*message: object) -> None:
        with lock:
            send_message(answers, message)

    process_limits.set_deadline_handler(lambda seconds: reply("more", seconds))
    tasks: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_receive_tasks, args=(tasks,), daemon=True, name="tasks").start()
    if megabytes := int(sys.argv[1]):
        process_limits.guard_memory(megabytes * 2**20)
    reply("ready")
    while True:
        call, argument = tasks.get()
        reply("begun")
        start = time.perf_counter()
        answer = _run_task(lambda call=call, argument=argument: resolve_call(call)(argument))  # type: ignore[misc]
        reply(*answer, time.perf_counter() - start)


def _run_task(work: Callable[[], Any]) -> tuple[str, Any]:
    """What a task returned or raised."""
    try:
        return "value", work()
    except MemoryError:
        os._exit(process_limits.OUT_OF_MEMORY)
    except Exception as error:  # it is the caller's: raised again in its process
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # errors that cannot travel are told in words
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return "error", error


def _receive_tasks(tasks: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Tasks as they come; the end of standard input ends the process, also in the middle of a task."""
    try:
        while True:
            tasks.put(receive_message(sys.stdin.buffer))
    except (EOFError, OSError):
        os._exit(0)


if __name__ == "__main__":
    main()
