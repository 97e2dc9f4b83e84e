"""Rule pages as text or Markdown, and the one page of all rules in the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.rulebook.rule_pages import page_words, rule_entry
from pipeline.audit.rulebook.rule_registry import load_rulebook

if TYPE_CHECKING:
    from pipeline.models.findings import RuleEntry


def format_rule_page(entry: RuleEntry, language: str, markdown: bool = False, level: int = 1) -> str:
    """The page of a rule in one language."""
    page_texts = page_words(language)
    title = f"{entry.code} · {getattr(entry.title, language)}"
    parts = [f"{'#' * level} {title}" if markdown else f"{title}\n{'=' * len(title)}"]
    grades = ", ".join(page_texts.severities[s] for s in entry.severities)
    causes = ", ".join(page_texts.causes[c] for c in entry.causes)
    facts = (
        (page_texts.kind, f"`{entry.name}`" if markdown else entry.name),
        (page_texts.severity, grades),
        (page_texts.cause, causes),
        (page_texts.scope, page_texts.scopes[entry.scope]),
    )
    parts.append("\n".join(_fact_line(label, text, markdown) for label, text in facts))
    for key in ("explanation", "why", "limits"):
        parts.append(
            _format_section(getattr(page_texts, key), getattr(getattr(entry, key), language), markdown, level)
        )
    parts.append(
        _format_section(page_texts.bad, _format_example_text(entry.example.bad, markdown), markdown, level)
    )
    parts.append(
        _format_section(page_texts.good, _format_example_text(entry.example.good, markdown), markdown, level)
    )
    parts.append(
        _format_section(page_texts.recommendation, getattr(entry.recommendation, language), markdown, level)
    )
    grounds = [f"{b.source} ({page_texts.evidence[b.evidence]})" for b in entry.basis]
    parts.append(
        _format_section(page_texts.basis, "\n".join(f"- {ground}" for ground in grounds), markdown, level)
    )
    return "\n\n".join(parts) + "\n"


def _fact_line(label: str, text: str, markdown: bool) -> str:
    return f"- {label}: {text}" if markdown else f"{label}: {text}"


def _format_section(heading: str, text: str, markdown: bool, level: int) -> str:
    return f"{'#' * (level + 1)} {heading}\n\n{text}" if markdown else f"{heading}\n{_indent_lines(text)}"


def _indent_lines(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())


def _format_example_text(text: str, markdown: bool) -> str:
    return f"```text\n{text}\n```" if markdown else text


def format_all_rules() -> str:
    """All rules as one Markdown page, each in Indonesian and then in English."""
    parts = [page_words("en").head.strip()]
    codes = sorted(load_rulebook())
    rows = [
        f"| [{c}](#{c.casefold()}) | {e.title.id} | {e.title.en} |"
        for c, e in ((c, rule_entry(c)) for c in codes)
    ]
    parts.append("\n".join(["| | Aturan | Rule |", "| --- | --- | --- |", *rows]))
    for code in codes:
        entry = rule_entry(code)
        parts.append(f'<a id="{code.casefold()}"></a>')
        parts += [
            format_rule_page(entry, language, markdown=True, level=2).rstrip() for language in ("id", "en")
        ]
    return "\n\n".join(parts) + "\n"
