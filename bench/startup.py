"""Cold starts: the command line's help, and one decree read by a new process."""

from __future__ import annotations

from functools import partial

import click

from bench.measure import Figure, in_turns, program

IKU = "from pipeline.cli import main; main()"
SPACY = "import spacy"
DECREE = "samples/text/watugilang-iku-2024.lumajang.txt"
FINDINGS = frozenset({0, 1})


def bare(commands: int) -> str:
    """Return the source of a click program with empty commands."""
    lines = ["import click", "@click.group()", "def main(): pass"]
    for number in range(commands):
        lines += [f"@main.command('c{number}')", f"def c{number}(): 'Do nothing.'"]
    return "\n".join([*lines, "main()"])


def commands() -> int:
    """Return the number of commands of ``iku``."""
    from pipeline.cli import main

    return len(main.list_commands(click.Context(main)))


def figures() -> list[Figure]:
    """Measure ``iku --help`` against a minimal click program, and ``iku read`` against importing spaCy."""
    count = commands()
    ours, floor = in_turns(
        partial(program, ["-c", IKU, "--help"]), partial(program, ["-c", bare(count), "--help"])
    )
    helped = Figure("`iku --help`", ours, floor, f"bare click program of {count} commands")
    ours, floor = in_turns(
        partial(program, ["-c", IKU, "read", DECREE], statuses=FINDINGS), partial(program, ["-c", SPACY])
    )
    return [helped, Figure("`iku read`, one decree, cold", ours, floor, "`import spacy`")]
