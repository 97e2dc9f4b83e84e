"""Indonesian words belong into the tables: the code that reads and compares decrees spells none.

The Indonesian words are the values of the project's own tables. The code is searched by its syntax tree, so
docstrings may quote whatever they explain.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("extractors", "pipeline")
TABLES = (
    "extractors/**/*.yaml",
    "pipeline/language/*.yaml",
    "pipeline/formulas/**/*.yaml",
    "pipeline/audit/core/*.yaml",
    "pipeline/calculation/*.yaml",
    "normalized/glossary.yaml",
)
"""Tables whose values are words of decrees."""
NAMES_IN_ENGLISH = frozenset("bupati camat iki iku kabupaten kecamatan kelurahan kota".split())
"""Indonesian words that English prose about kecamatan uses as they are."""
ENGLISH_WORDS = frozenset(
    "agent are created div forum fund global plus png refers service staff terminal".split()
)
"""English words that stand in a table, too."""
PROJECT_NAME = "iku-katalog"
_WORD = re.compile(r"[^\W\d_]{3,}")


def table_texts(value: Any) -> Iterator[str]:
    """Yield all texts among the values of a table; its keys are names of the code."""
    if isinstance(value, dict):
        for child in value.values():
            yield from table_texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from table_texts(child)
    elif isinstance(value, str):
        yield value


@cache
def source_trees() -> dict[str, ast.Module]:
    """Return the syntax tree of each module by its path."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


def identifier_words(tree: ast.Module) -> Iterator[str]:
    """Yield the words that the names of a module are made of."""
    for node in ast.walk(tree):
        for field in ("id", "attr", "name", "arg"):
            if isinstance(name := getattr(node, field, None), str):
                yield from _WORD.findall(name.replace("_", " ").lower())


def contract_values(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of closed lists (``Literal[…]``): values of the published contract."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            yield from (part.value for part in ast.walk(node.slice) if isinstance(part, ast.Constant))


@cache
def indonesian_words() -> frozenset[str]:
    """Return the words of the tables that are not words of the code or of English."""
    words = {
        word
        for pattern in TABLES
        for path in ROOT.glob(pattern)
        for text in table_texts(yaml.safe_load(path.read_text("utf-8")))
        for word in _WORD.findall(text.lower())
    }
    identifiers = {word for tree in source_trees().values() for word in identifier_words(tree)}
    return frozenset(words - identifiers - NAMES_IN_ENGLISH - ENGLISH_WORDS)


def code_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and value of each text of a module, but not of docstrings."""
    docstrings = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in ast.iter_child_nodes(node)
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def words_in_code(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the Indonesian words in the texts of a module, each with its line."""
    allowed = frozenset(value for module in source_trees().values() for value in contract_values(module))
    for line, text in code_texts(tree):
        if text not in allowed:
            words = _WORD.findall(text.replace(PROJECT_NAME, "").lower())
            yield from ((line, word) for word in words if word in indonesian_words())


if __name__ == "__main__":
    for path, tree in source_trees().items():
        for line, word in words_in_code(tree):
            print(f"{path}:{line}: {word}")
