"""``python -m tools.check_names``: the rules of naming that a program can hold (see CONTRIBUTING.md).

A module name and a public class name stand for one thing in the whole project; no folder is too full to be
searched by eye; no function is named by a bare participle, adverb or pronoun.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractors", "pipeline", "normalized")
SHARED_MODULE_NAMES = frozenset({"__init__", "errors", "models"})
"""Module names that a package pattern repeats."""
LARGEST_FOLDER = 14
"""Largest number of modules in a folder."""

_PARTICIPLE = re.compile(r"[a-z]{3,}(?:ed|ing)")
_NOUNS = frozenset("heading reading ruling string spacing padding feed seed speed need embed".split())
"""Nouns and verbs that end like a participle."""
_IRREGULAR = frozenset(
    "told made found known given kept held gone seen taken written drawn shown torn worn built left lost cut "
    "anew apart alike beside among within without inside outside around over under there here once together "
    "theirs ours its whose others both either near twice".split()
)


def module_names() -> Iterator[str]:
    """Yield breaches of the rules on module names and on the size of folders."""
    paths_by_name: dict[str, list[str]] = defaultdict(list)
    modules_by_folder: dict[Path, int] = defaultdict(int)
    for path in _source_files():
        if path.stem not in SHARED_MODULE_NAMES:
            paths_by_name[path.stem].append(_relative(path))
            modules_by_folder[path.parent] += 1
    for name, paths in sorted(paths_by_name.items()):
        if len(paths) > 1:
            yield f"module name “{name}” stands for {len(paths)} files: {', '.join(paths)}"
    for folder, count in sorted(modules_by_folder.items()):
        if count > LARGEST_FOLDER:
            yield f"{_relative(folder)}: {count} modules, at most {LARGEST_FOLDER} can be searched by eye"


def class_names() -> Iterator[str]:
    """Yield the public class names that stand for several classes."""
    places_by_name: dict[str, list[str]] = defaultdict(list)
    for path, node in _definitions():
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            places_by_name[node.name].append(f"{_relative(path)}:{node.lineno}")
    for name, places in sorted(places_by_name.items()):
        if len(places) > 1:
            yield f"class name “{name}” stands for {len(places)} classes: {', '.join(places)}"


def function_names() -> Iterator[str]:
    """Yield the functions whose whole name is a participle, an adverb or a pronoun."""
    for path, node in _definitions():
        if isinstance(node, ast.ClassDef) or node.name.startswith("__"):
            continue
        if is_bare_word(node.name.strip("_")):
            yield f"{_relative(path)}:{node.lineno}: “{node.name}” names neither an action nor a value"


def is_bare_word(name: str) -> bool:
    """Return whether a name is a participle, an adverb or a pronoun alone."""
    return name in _IRREGULAR or (bool(_PARTICIPLE.fullmatch(name)) and name not in _NOUNS)


def _definitions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    for path in _source_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield path, node


def _source_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> int:
    """Print every breach; return 1 if there is any."""
    breaches = [*module_names(), *class_names(), *function_names()]
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
