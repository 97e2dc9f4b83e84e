"""Every rule finds something in the bad example of its page, and nothing in the good one."""

from __future__ import annotations

import copy

import pytest

from pipeline.audit import load_rulebook
from pipeline.audit.rulebook.rule_pages import ExampleDecree, load_rule_pages, rule_entry
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Finding
from tests.support.audit_cases import of_example

CODES = sorted(load_rulebook())


def _found(decrees: list[ExampleDecree], code: str) -> list[Finding]:
    reads = [ReadDocument(of_example(copy.deepcopy(one)), ()) for one in decrees]
    return [
        finding for finding in build_from_decrees(reads, load_definitions()).findings if finding.code == code
    ]


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_is_reported(code: str) -> None:
    assert _found(load_rule_pages()[code].bad, code)


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_is_not_reported(code: str) -> None:
    assert _found(load_rule_pages()[code].good, code) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_everything_in_both_languages(code: str) -> None:
    entry = rule_entry(code)
    for part in ("title", "explanation", "why", "limits", "recommendation"):
        text = getattr(entry, part)
        assert text.id and text.en and text.id != text.en, part
    assert entry.example.bad and entry.example.good and entry.example.bad != entry.example.good
    assert entry.basis and entry.severities and entry.causes
