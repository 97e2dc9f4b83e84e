"""Rule pages as text or Markdown, and the one page of all rules in the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.pages import page_words, rule_entry
from pipeline.audit.rulebook import rulebook

if TYPE_CHECKING:
    from pipeline.assessment import RuleEntry


def page(entry: RuleEntry, language: str, markdown: bool = False, level: int = 1) -> str:
    """The page of a rule in one language."""
    words = page_words(language)
    title = f"{entry.code} · {getattr(entry.title, language)}"
    parts = [f"{'#' * level} {title}" if markdown else f"{title}\n{'=' * len(title)}"]
    grades = ", ".join(words["severities"][s] for s in entry.severities)
    causes = ", ".join(words["causes"][c] for c in entry.causes)
    facts = (
        (words["kind"], f"`{entry.name}`" if markdown else entry.name),
        (words["severity"], grades),
        (words["cause"], causes),
        (words["scope"], words["scopes"][entry.scope]),
    )
    parts.append("\n".join(_line(label, text, markdown) for label, text in facts))
    for key in ("explanation", "why", "limits"):
        parts.append(_section(words[key], getattr(getattr(entry, key), language), markdown, level))
    parts.append(_section(words["bad"], _example(entry.example.bad, markdown), markdown, level))
    parts.append(_section(words["good"], _example(entry.example.good, markdown), markdown, level))
    parts.append(_section(words["recommendation"], getattr(entry.recommendation, language), markdown, level))
    grounds = [f"{b.source} ({words['evidence'][b.evidence]})" for b in entry.basis]
    parts.append(_section(words["basis"], "\n".join(f"- {ground}" for ground in grounds), markdown, level))
    return "\n\n".join(parts) + "\n"


def _line(label: str, text: str, markdown: bool) -> str:
    return f"- {label}: {text}" if markdown else f"{label}: {text}"


def _section(heading: str, text: str, markdown: bool, level: int) -> str:
    return f"{'#' * (level + 1)} {heading}\n\n{text}" if markdown else f"{heading}\n{_indented(text)}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())


def _example(text: str, markdown: bool) -> str:
    return f"```text\n{text}\n```" if markdown else text


def all_pages() -> str:
    """All rules as one Markdown page, each in Indonesian and then in English."""
    parts = [page_words("en")["head"].strip()]
    codes = sorted(rulebook())
    rows = [
        f"| [{c}](#{c.casefold()}) | {e.title.id} | {e.title.en} |"
        for c, e in ((c, rule_entry(c)) for c in codes)
    ]
    parts.append("\n".join(["| | Aturan | Rule |", "| --- | --- | --- |", *rows]))
    for code in codes:
        entry = rule_entry(code)
        parts.append(f'<a id="{code.casefold()}"></a>')
        parts += [page(entry, language, markdown=True, level=2).rstrip() for language in ("id", "en")]
    return "\n\n".join(parts) + "\n"
