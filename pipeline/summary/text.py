"""The summary: what a build found, on one page that a person likes to read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.summary.labels import table
from pipeline.summary.matrix import groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from pipeline.catalogue import Catalogue, Finding, Place
    from pipeline.summary.matrix import Group

TOP = 20
"""Findings that the summary lists; the catalogue holds all."""
SEVERITIES = ("error", "warning", "info")
QUOTE = 120
"""Characters of a quote in the list of findings."""
VARIANT = 240
"""Characters of a version where versions stand side by side."""


def markdown(catalogue: Catalogue) -> str:
    """The summary as Markdown text; the same text for the same catalogue."""
    parts = [_head(catalogue)]
    parts += [_group(catalogue, group) for group in groups(catalogue)]
    parts += [_findings(catalogue), _failures(catalogue)]
    return "\n\n".join(part for part in parts if part) + "\n"


def show(catalogue: Catalogue, console: Console) -> None:
    """The same summary on a terminal."""
    from rich.markdown import Markdown

    console.print(Markdown(markdown(catalogue)))


def place_of(catalogue: Catalogue, place: Place) -> str:
    """A place as ``file:line`` for a text, as ``file hlm. 2`` for pages; the file alone where unknown."""
    names = {d.id: d.name for d in catalogue.documents}
    name, where = names.get(place.document, place.document), place.provenance
    if where and where.lines:
        return f"{name}:{where.lines[0]}"
    return f"{name} {table().page} {where.page}" if where and where.page else name


def _head(catalogue: Catalogue) -> str:
    labels = table()
    counts = labels.counts.format(
        documents=len(catalogue.documents),
        indicators=len(catalogue.indicators),
        definitions=len(catalogue.definitions),
        clusters=len(catalogue.clusters),
        failures=len(catalogue.failures),
    )
    counted = [f for f in catalogue.findings if f.waived is None]
    by_severity = Counter[str](f.severity for f in counted)
    parts = ", ".join(f"{by_severity[s]} {labels.severities[s]}" for s in SEVERITIES)
    lines = [f"# {labels.title}", "", counts + "  "]
    lines.append(labels.findings_line.format(total=len(counted), parts=parts))
    damaged = sum(f.cause == "ocr_artefact" for f in counted)
    waived = len(catalogue.findings) - len(counted)
    for count, label in ((damaged, labels.doubtful), (waived, labels.waived)):
        if count:
            lines[-1] += "  "
            lines.append(label.format(count=count))
    return "\n".join(lines)


def _group(catalogue: Catalogue, group: Group) -> str:
    labels = table()
    regency, period = group.regency or labels.no_regency, group.period or labels.undated
    heading = f"## {_escaped(regency)} · {group.kind} {period}"
    body = _matrix(group) if len(group.columns) > 1 else _single(group)
    return "\n\n".join([heading, body, *_disagreements(catalogue, group)])


def _matrix(group: Group) -> str:
    labels = table()
    marks = labels.marks
    used = {mark for row in group.rows for mark in row.marks}
    columns = [_escaped(c) + (f" {labels.undated_mark}" if c in group.undated else "") for c in group.columns]
    lines = ["| " + " | ".join([labels.indicator, *columns]) + " |"]
    lines.append("| --- |" + " :-: |" * len(group.columns))
    lines += [
        "| " + " | ".join([_escaped(row.name), *(marks[m][0] for m in row.marks)]) + " |"
        for row in group.rows
    ]
    legend = "; ".join(f"{sign} {meaning}" for key, (sign, meaning) in marks.items() if key in used)
    return "\n".join(lines) + "\n\n" + labels.legend.format(marks=legend)


def _single(group: Group) -> str:
    """One kecamatan alone has nothing to be compared with: its marks are counted."""
    labels = table()
    found = Counter(mark for row in group.rows for mark in row.marks)
    marks = ", ".join(f"{found[key]} {meaning}" for key, (_, meaning) in labels.marks.items() if found[key])
    kecamatan = _escaped(group.columns[0])
    return labels.single.format(kecamatan=kecamatan, count=len(group.rows), marks=marks)


def _disagreements(catalogue: Catalogue, group: Group) -> Iterator[str]:
    """What disagrees within the group, side by side: who states which version."""
    labels = table()
    columns = {d.id: d.kecamatan or d.name for d in group.documents}
    concerned = [
        f
        for f in catalogue.findings
        if f.variants and all(d in columns for v in f.variants for d in v.documents)
    ]
    if concerned:
        yield f"### {labels.disagree}"
    order = {f.id: index for index, f in enumerate(catalogue.findings)}
    for finding in sorted(concerned, key=lambda f: (SEVERITIES.index(f.severity), order[f.id])):
        count = labels.variants.format(count=len(finding.variants))
        name = next((i.name for i in catalogue.indicators if _holds(finding, i.document, i.pointer)), "")
        lines = [f"**{_escaped(name or finding.title.id)}** – {finding.title.id}: {count}", ""]
        lines += [f"| {labels.version} | {labels.used_by} |", "| --- | --- |"]
        for variant in finding.variants:
            users = ", ".join(sorted({columns[d] for d in variant.documents}))
            lines.append(f"| {_escaped(_short(variant.text, VARIANT))} | {_escaped(users)} |")
        yield "\n".join(lines)


def _holds(finding: Finding, document: str, pointer: str) -> bool:
    return finding.place.document == document and finding.place.pointer.startswith(f"{pointer}/")


def _findings(catalogue: Catalogue) -> str:
    labels = table()
    order = {f.id: index for index, f in enumerate(catalogue.findings)}
    # Faults of decrees come before suspected OCR damage of the same severity.
    ranked = sorted(
        (f for f in catalogue.findings if f.waived is None),
        key=lambda f: (SEVERITIES.index(f.severity), f.cause == "ocr_artefact", order[f.id]),
    )
    lines = [f"## {labels.top}", ""]
    if not ranked:
        return "\n".join([*lines, labels.nothing])
    for finding in ranked[:TOP]:
        lines.append(
            f"- **{labels.severities[finding.severity]} {finding.code}** · "
            f"`{place_of(catalogue, finding.place).replace('`', '')}` · {_escaped(finding.message.id)}"
        )
        if finding.place.quote:
            lines[-1] += f" — “{_escaped(_short(finding.place.quote, QUOTE))}”"
    if len(ranked) > TOP:
        lines += ["", labels.more.format(count=len(ranked) - TOP)]
    return "\n".join(lines)


def _failures(catalogue: Catalogue) -> str:
    if not catalogue.failures:
        return ""
    lines = [f"## {table().failed}", ""]
    lines += [
        f"- `{f.name.replace('`', '')}` ({f.status}): {_escaped(f.message)} {_escaped(f.mend)}".rstrip()
        for f in catalogue.failures
    ]
    return "\n".join(lines)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    """Printed text on one line, its Markdown signs as they stand."""
    folded = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        folded = folded.replace(sign, f"\\{sign}")
    return folded
