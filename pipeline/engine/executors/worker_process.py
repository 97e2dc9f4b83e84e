"""A worker process: ``python -m pipeline.engine.executors.worker_process MEGABYTES``.

It takes pickled tasks from standard input and answers on standard output; both belong to the process that
started it. It ends when that process ends, since standard input is then closed.
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
    """Run tasks until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what native code prints must not come between
    lock = threading.Lock()

    def reply(*message: object) -> None:
        with lock:
            send_message(answers, message)

    process_limits.set_deadline_handler(lambda seconds: reply("more", seconds))
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive_tasks, args=(tasks,), daemon=True, name="tasks").start()
    if megabytes := int(sys.argv[1]):
        process_limits.guard_memory(megabytes * 2**20)
    reply("ready")
    while True:
        payload = tasks.get()
        reply("begun")
        start = time.perf_counter()
        answer = _run_task(payload)
        reply(*answer, time.perf_counter() - start)


def pack_task(function: Callable[[Any], Any], job: object) -> bytes:
    """Return a task as bytes, which are unpacked where an error is reported to the caller."""
    return pickle.dumps((function, job), pickle.HIGHEST_PROTOCOL)


def _run_task(payload: bytes) -> tuple[str, Any]:
    """Return what a packed task returned or raised."""
    try:
        function, job = pickle.loads(payload)
        return "value", function(job)
    except MemoryError:
        os._exit(process_limits.OUT_OF_MEMORY)
    except Exception as error:  # raised again in the process of the caller
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # an error that cannot be pickled is sent as text
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return "error", error


def _receive_tasks(tasks: queue.SimpleQueue[bytes]) -> None:
    """Queue tasks as they arrive; the end of standard input ends the process, even during a task."""
    try:
        while True:
            tasks.put(receive_message(sys.stdin.buffer))
    except (EOFError, OSError):
        os._exit(0)


if __name__ == "__main__":
    main()
