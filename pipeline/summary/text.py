"""The summary: what a build found, on one page that a person likes to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.summary.labels import table
from pipeline.summary.matrix import groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from pipeline.catalogue import Catalogue, Failure, Finding, Place
    from pipeline.summary.matrix import Group

TOP = 20
"""Findings that the summary lists; the catalogue holds all."""
SEVERITIES = ("error", "warning", "info")
QUOTE = 120
"""Characters of a quote in the list of findings."""
PAGES_UNREAD = "pages_unread"
"""Kind of the findings that tell of them."""
VARIANT = 240
"""Characters of a version where versions stand side by side."""


@dataclass(frozen=True)
class Piece:
    """What the summary needs to know of the documents of one regency, or of several."""

    documents: int
    indicators: int
    definitions: list[str]
    """Ids of those that are used."""
    severities: dict[str, int]
    """Findings by severity."""
    damaged: int
    """Findings that are suspected OCR damage."""
    unread: int
    """Documents with pages that could not be read."""
    waived: int
    """Findings that are known and accepted; they count nowhere else."""
    groups: list[str]
    """What is told of each group of decrees."""
    top: list[tuple[tuple[int, bool], str]]
    """The first findings, each with its rank and its line."""


def markdown(catalogue: Catalogue) -> str:
    """The summary as Markdown text; the same text for the same catalogue."""
    one = piece(catalogue)
    return "".join(page([one], len(catalogue.clusters), catalogue.failures, one.groups))


def piece(catalogue: Catalogue) -> Piece:
    """What a catalogue, or a part of one, adds to the summary."""
    found = [finding for finding in catalogue.findings if finding.waived is None]
    return Piece(
        documents=len(catalogue.documents),
        indicators=len(catalogue.indicators),
        definitions=[definition.id for definition in catalogue.definitions],
        severities=dict(Counter(finding.severity for finding in found)),
        damaged=sum(finding.cause == "ocr_artefact" for finding in found),
        unread=len({finding.place.document for finding in found if finding.name == PAGES_UNREAD}),
        waived=len(catalogue.findings) - len(found),
        groups=[_group(catalogue, group) for group in groups(catalogue)],
        top=[(_rank(finding), _line(catalogue, finding)) for finding in sorted(found, key=_rank)[:TOP]],
    )


def page(
    pieces: Sequence[Piece], clusters: int, failures: Sequence[Failure], told: Iterable[str]
) -> Iterator[str]:
    """The whole summary, part by part: its pieces in the catalogue's order, what is told of each group."""
    yield _head(pieces, clusters, len(failures))
    for part in chain(told, (_findings(pieces), _failures(failures))):
        if part:
            yield f"\n\n{part}"
    yield "\n"


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


def _head(pieces: Sequence[Piece], clusters: int, failures: int) -> str:
    labels = table()
    counts = labels.counts.format(
        documents=sum(one.documents for one in pieces),
        indicators=sum(one.indicators for one in pieces),
        definitions=len({name for one in pieces for name in one.definitions}),
        clusters=clusters,
        failures=failures,
    )
    by_severity = Counter[str]()
    for one in pieces:
        by_severity.update(one.severities)
    parts = ", ".join(f"{by_severity[s]} {labels.severities[s]}" for s in SEVERITIES)
    lines = [f"# {labels.title}", "", counts + "  "]
    lines.append(labels.findings_line.format(total=by_severity.total(), parts=parts))
    for count, label in (
        (sum(one.damaged for one in pieces), labels.doubtful),
        (sum(one.waived for one in pieces), labels.waived),
        (sum(one.unread for one in pieces), labels.unread),
    ):
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
    signs = ((labels.undated_mark, group.undated), (labels.unread_mark, group.unread))
    columns = [" ".join([_escaped(c), *(s for s, of in signs if c in of)]) for c in group.columns]
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


def _rank(finding: Finding) -> tuple[int, bool]:
    """Worst first; faults of decrees come before suspected OCR damage of the same severity."""
    return SEVERITIES.index(finding.severity), finding.cause == "ocr_artefact"


def _line(catalogue: Catalogue, finding: Finding) -> str:
    line = (
        f"- **{table().severities[finding.severity]} {finding.code}** · "
        f"`{place_of(catalogue, finding.place).replace('`', '')}` · {_escaped(finding.message.id)}"
    )
    if finding.place.quote:
        line += f" — “{_escaped(_short(finding.place.quote, QUOTE))}”"
    return line


def _findings(pieces: Sequence[Piece]) -> str:
    labels = table()
    lines = [f"## {labels.top}", ""]
    ranked = sorted((found for one in pieces for found in one.top), key=lambda found: found[0])
    if not ranked:
        return "\n".join([*lines, labels.nothing])
    lines += [line for _, line in ranked[:TOP]]
    total = sum(sum(one.severities.values()) for one in pieces)
    if total > TOP:
        lines += ["", labels.more.format(count=total - TOP)]
    return "\n".join(lines)


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    lines = [f"## {table().failed}", ""]
    lines += [
        f"- `{f.name.replace('`', '')}` ({f.status}): {_escaped(f.message)} {_escaped(f.mend)}".rstrip()
        for f in failures
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
