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

import pytest
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
ENGLISH_TABLES = ("extractors/knowledge/file_formats.yaml",)
"""Tables of names and messages that are not."""
NAMES_IN_ENGLISH = frozenset("bupati camat iki iku kabupaten kecamatan kelurahan kota pohon renstra".split())
"""Indonesian names of offices and documents that English prose uses as they are."""
ENGLISH_PROSE = ("CONTRIBUTING.md", "docs/decisions/*.md")
"""Texts whose words, outside of quotations, are English."""
ENGLISH_WORDS = frozenset(
    "agent are article created div forum fund gif global having iii iill img mail mem null plus png refers "
    "service staff takes terminal".split()
)
"""Further English words, file formats and numerals that stand in a table, too."""
UNCONVERTED = frozenset(
    {
        "extractors/parser/aside_notes.py",
        "extractors/parser/tables/cell_evidence.py",
        "extractors/parser/tables/statements.py",
        "extractors/parser/tables/title_cues.py",
        "extractors/text/delimited_tables.py",
        "pipeline/audit/domain/ocr_damage.py",
        "pipeline/audit/domain/post_names.py",
        "pipeline/audit/domain/village_deadlines.py",
        "pipeline/audit/rulebook/rule_markdown.py",
        "pipeline/audit/rules/formula/against_unit.py",
        "pipeline/audit/rules/identity/adoption_date.py",
        "pipeline/audit/rules/identity/cited_decrees.py",
        "pipeline/audit/rules/structure/field_content.py",
        "pipeline/audit/rules/structure/legal_basis.py",
        "pipeline/audit/rules/structure/relevance.py",
        "pipeline/formulas/reading/statements/clause_patterns.py",
        "pipeline/formulas/reading/statements/operand_plausibility.py",
        "pipeline/formulas/reading/statements/statement_parser.py",
        "pipeline/formulas/reading/text/formula_cleanup.py",
        "pipeline/formulas/reading/text/glued_operators.py",
        "pipeline/formulas/reading/text/labelled_fractions.py",
        "pipeline/formulas/reading/tokens/formula_tokenizer.py",
        "pipeline/language/steps/ordinals.py",
        "pipeline/language/steps/token_roles.py",
        "pipeline/linking/clustering.py",
        "pipeline/places/gazetteer.py",
        "pipeline/places/regencies.py",
    }
)
"""Modules whose words still have to move to tables; this set only shrinks."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


@cache
def contract_values() -> frozenset[str]:
    """Return the texts of closed lists (``Literal[…]``): values of the published contract."""
    return frozenset(
        part.value
        for tree in source_trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"
        for part in ast.walk(node.slice)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


@cache
def english_words() -> frozenset[str]:
    """Return the words of English prose, without what it quotes."""
    texts = [path.read_text("utf-8") for pattern in ENGLISH_PROSE for path in ROOT.glob(pattern)]
    prose = re.sub(r"```.*?```|`[^`]*`|\*[^*\n]*\*|“[^”]*”", " ", "\n".join(texts), flags=re.DOTALL)
    return frozenset(_WORD.findall(prose.lower())) | ENGLISH_WORDS | NAMES_IN_ENGLISH


@cache
def indonesian_words() -> frozenset[str]:
    """Return the words of the tables that are not words of the code or of English."""
    words = {
        word
        for pattern in TABLES
        for path in ROOT.glob(pattern)
        if path.relative_to(ROOT).as_posix() not in ENGLISH_TABLES
        for text in table_texts(yaml.load(path.read_text("utf-8"), Loader=LOADER))
        for word in _WORD.findall(text.lower())
    }
    identifiers = {word for tree in source_trees().values() for word in identifier_words(tree)}
    return frozenset(words - identifiers - english_words())


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
    for line, text in code_texts(tree):
        if text not in contract_values():
            words = _WORD.findall(text.replace(PROJECT_NAME, "").lower())
            yield from ((line, word) for word in words if word in indonesian_words())


@pytest.mark.parametrize("module", sorted(source_trees().keys() - UNCONVERTED))
def test_code_spells_no_indonesian_word(module: str) -> None:
    assert list(words_in_code(source_trees()[module])) == []


def test_an_indonesian_word_in_a_text_is_found_and_one_in_a_docstring_is_not() -> None:
    source = '"""Find `jumlah desa`."""\nLABEL = "Penanggung Jawab"\nKIND: str = "kecamatan"\n'
    assert list(words_in_code(ast.parse(source))) == [(2, "penanggung"), (2, "jawab")]


def test_a_value_of_the_contract_is_a_name_of_the_code() -> None:
    assert list(words_in_code(ast.parse('LEVEL = "subkegiatan"\n'))) == []
