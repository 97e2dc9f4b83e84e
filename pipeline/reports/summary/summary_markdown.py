"""Render the summary of a build as Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from extractors.own_outputs import OWN_MARK
from pipeline.audit.grouping.finding_groups import group_rank
from pipeline.corrections.apply_corrections import OPEN_CORRECTIONS
from pipeline.reports.location_text import describe_location
from pipeline.reports.summary.comparison_matrix import group_decrees
from pipeline.reports.summary.key_facts import KeyFigures, collect_key_figures, state_key_facts
from pipeline.reports.summary.summary_labels import load_summary_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import Console

    from pipeline.models.catalogue import Catalogue, Failure, Finding, FindingGroup, Place
    from pipeline.reports.summary.comparison_matrix import DecreeGroup

MOST_FINDINGS = 20
"""Number of entries that the summary lists; the catalogue contains all."""
MOST_RECURRENCES = 3
"""Further places that an entry names."""
SEVERITIES = ("error", "warning", "info")
MAX_QUOTE = 120
"""Characters of a quote in the list of findings."""
PAGES_UNREAD = "pages_unread"
"""Name of the findings on pages that could not be read."""
MAX_VARIANT = 240
"""Characters of a variant in the list of variants."""


@dataclass(frozen=True)
class SummaryPart:
    """The facts that the summary needs about the documents of one or more regencies."""

    documents: int
    indicators: int
    definitions: list[str]
    """Ids of the definitions in use."""
    severities: dict[str, int]
    """Number of findings by severity."""
    damaged: int
    """Number of findings that are suspected OCR damage."""
    unread: int
    """Number of documents with pages that could not be read."""
    waived: int
    """Number of waived findings; they are not counted elsewhere."""
    corrected: dict[str, int]
    """Fields that a person has corrected, by document."""
    open_corrections: int
    """Corrections that a person must look at again."""
    groups: list[str]
    """The text on each group of decrees."""
    entries: int
    """Number of entries in the list of findings: each fact is one."""
    top: list[tuple[tuple[int, int, int, int], str]]
    """The most important entries: rank and lines."""
    figures: KeyFigures
    """The figures of the sentences at the top."""


def render_summary(catalogue: Catalogue) -> str:
    """Return the summary as Markdown; the same text for the same catalogue."""
    part = summarize_part(catalogue)
    return "".join(compose_summary([part], len(catalogue.clusters), catalogue.failures, part.groups))


def summarize_part(catalogue: Catalogue) -> SummaryPart:
    """Return the facts of a catalogue, or of a part of one, for the summary."""
    open_findings = [finding for finding in catalogue.findings if finding.waived is None]
    by_id = {finding.id: finding for finding in catalogue.findings}
    groups = [group for group in catalogue.finding_groups if by_id[group.root].waived is None]
    return SummaryPart(
        documents=len(catalogue.documents),
        indicators=len(catalogue.indicators),
        definitions=[definition.id for definition in catalogue.definitions],
        severities=dict(Counter(finding.severity for finding in open_findings)),
        damaged=sum(finding.cause == "ocr_artefact" for finding in open_findings),
        unread=len({finding.place.document for finding in open_findings if finding.name == PAGES_UNREAD}),
        waived=len(catalogue.findings) - len(open_findings),
        corrected={d.id: len(d.corrected) for d in catalogue.documents if d.corrected},
        open_corrections=sum(
            note.code in OPEN_CORRECTIONS for document in catalogue.documents for note in document.notes
        ),
        groups=[_group_section(catalogue, group) for group in group_decrees(catalogue)],
        entries=len(groups),
        top=[
            (group_rank(group), _entry_lines(catalogue, group, by_id))
            for group in sorted(groups, key=group_rank)[:MOST_FINDINGS]
        ],
        figures=collect_key_figures(catalogue),
    )


def compose_summary(
    pieces: Sequence[SummaryPart], clusters: int, failures: Sequence[Failure], group_sections: Iterable[str]
) -> Iterator[str]:
    """Yield the text of the summary, piece by piece, from its parts in the catalogue's order."""
    yield _summary_head(pieces, clusters, len(failures))
    yield f"\n\n{_key_facts_section(pieces)}"
    for part in chain(group_sections, (_findings_section(pieces), _failures_section(failures))):
        if part:
            yield f"\n\n{part}"
    yield "\n"


def print_summary(catalogue: Catalogue, console: Console) -> None:
    """Print the summary on a terminal."""
    from rich.markdown import Markdown

    console.print(Markdown(render_summary(catalogue)))


def format_place(catalogue: Catalogue, place: Place) -> str:
    """Return a place (``file:line``, ``file hlm. 2`` or ``file, paragraf 2``); the file alone if unknown."""
    names = {d.id: d.name for d in catalogue.documents}
    name, where = names.get(place.document, place.document), place.provenance
    if where and where.lines:
        return f"{name}:{where.lines[0]}"
    if where and (where.part or where.sheet):
        return f"{name}, {describe_location(where).id}"
    return f"{name} {load_summary_labels().page} {where.page}" if where and where.page else name


def _summary_head(pieces: Sequence[SummaryPart], clusters: int, failures: int) -> str:
    labels = load_summary_labels()
    counts = labels.counts.format(
        documents=sum(part.documents for part in pieces),
        indicators=sum(part.indicators for part in pieces),
        definitions=len({name for part in pieces for name in part.definitions}),
        clusters=clusters,
        failures=failures,
    )
    by_severity = Counter[str]()
    for part in pieces:
        by_severity.update(part.severities)
    parts = ", ".join(f"{by_severity[s]} {labels.severities[s]}" for s in SEVERITIES)
    lines = [f"# {labels.title}", "", f"<!-- {OWN_MARK} -->", "", counts + "  "]
    entries = sum(part.entries for part in pieces)
    lines.append(labels.findings_line.format(total=by_severity.total(), parts=parts, entries=entries))
    for count, label in (
        (sum(part.damaged for part in pieces), labels.doubtful),
        (sum(part.waived for part in pieces), labels.waived),
        (sum(part.unread for part in pieces), labels.unread),
        (sum(part.open_corrections for part in pieces), labels.open_corrections),
    ):
        if count:
            lines[-1] += "  "
            lines.append(label.format(count=count))
    if corrected := {document: count for part in pieces for document, count in part.corrected.items()}:
        lines[-1] += "  "
        lines.append(labels.corrected.format(count=sum(corrected.values()), documents=len(corrected)))
    return "\n".join(lines)


def _group_section(catalogue: Catalogue, group: DecreeGroup) -> str:
    labels = load_summary_labels()
    regency, period = group.regency or labels.no_regency, group.period or labels.undated
    heading = f"## {_escape_markdown(regency)} · {group.kind} {period}"
    body = _matrix_table(group) if len(group.columns) > 1 else _single_kecamatan(group)
    completeness = _completeness_line(catalogue, group)
    return "\n\n".join([heading, *completeness, body, *_disagreement_sections(catalogue, group)])


def _completeness_line(catalogue: Catalogue, group: DecreeGroup) -> list[str]:
    """Return how many kecamatan have submitted and which have not; empty for an unlisted regency."""
    ids = {document.id for document in group.documents}
    for entry in catalogue.completeness:
        documents = {id_ for kecamatan in entry.present for id_ in kecamatan.documents}
        if entry.regency == group.regency and (entry.kind or "") == group.kind and documents & ids:
            total = len(entry.present) + len(entry.missing)
            names = ", ".join(_escape_markdown(kecamatan.name) for kecamatan in entry.missing)
            labels = load_summary_labels()
            line = labels.completeness.format(present=len(entry.present), total=total)
            return [f"{line} {labels.missing.format(names=names)}" if names else line]
    return []


def _matrix_table(group: DecreeGroup) -> str:
    labels = load_summary_labels()
    marks = labels.marks
    used_marks = {mark for row in group.rows for mark in row.marks}
    signs = ((labels.undated_mark, group.undated_columns), (labels.unread_mark, group.unread_columns))
    columns = [" ".join([_escape_markdown(c), *(s for s, of in signs if c in of)]) for c in group.columns]
    lines = ["| " + " | ".join([labels.indicator, *columns]) + " |"]
    lines.append("| --- |" + " :-: |" * len(group.columns))
    lines += [
        "| " + " | ".join([_escape_markdown(row.name), *(marks[m][0] for m in row.marks)]) + " |"
        for row in group.rows
    ]
    legend = "; ".join(f"{sign} {meaning}" for key, (sign, meaning) in marks.items() if key in used_marks)
    return "\n".join(lines) + "\n\n" + labels.legend.format(marks=legend)


def _single_kecamatan(group: DecreeGroup) -> str:
    """Return the count of each mark of a kecamatan that has no other to be compared with."""
    labels = load_summary_labels()
    counts = Counter(mark for row in group.rows for mark in row.marks)
    marks = ", ".join(f"{counts[key]} {meaning}" for key, (_, meaning) in labels.marks.items() if counts[key])
    kecamatan = _escape_markdown(group.columns[0])
    return labels.single.format(kecamatan=kecamatan, count=len(group.rows), marks=marks)


def _disagreement_sections(catalogue: Catalogue, group: DecreeGroup) -> Iterator[str]:
    """Yield what disagrees within the group: the variants side by side, with their users."""
    labels = load_summary_labels()
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
        name = next(
            (i.name for i in catalogue.indicators if _is_at_indicator(finding, i.document, i.pointer)), ""
        )
        lines = [f"**{_escape_markdown(name or finding.title.id)}** – {finding.title.id}: {count}", ""]
        lines += [f"| {labels.version} | {labels.used_by} |", "| --- | --- |"]
        for variant in finding.variants:
            users = ", ".join(sorted({columns[d] for d in variant.documents}))
            lines.append(
                f"| {_escape_markdown(_shorten_text(variant.text, MAX_VARIANT))} "
                f"| {_escape_markdown(users)} |"
            )
        yield "\n".join(lines)


def _is_at_indicator(finding: Finding, document: str, pointer: str) -> bool:
    return finding.place.document == document and finding.place.pointer.startswith(f"{pointer}/")


def _key_facts_section(pieces: Sequence[SummaryPart]) -> str:
    """Return the five sentences, each with the ids of its proof."""
    lines = [f"## {load_summary_labels().key_facts}", ""]
    for number, fact in enumerate(state_key_facts([part.figures for part in pieces]), start=1):
        proof = ", ".join(f"`{id_}`" for id_ in fact.proof)
        lines.append(f"{number}. {_escape_markdown(fact.text.id)}" + (f" ({proof})" if proof else ""))
    return "\n".join(lines)


def _entry_lines(catalogue: Catalogue, group: FindingGroup, by_id: Mapping[str, Finding]) -> str:
    """Return the lines of an entry: its root, where it recurs, and its echoes."""
    labels = load_summary_labels()
    lines = [_finding_line(catalogue, by_id[group.root])]
    if group.recurrences:
        places = [format_place(catalogue, by_id[id_].place) for id_ in group.recurrences]
        shown = ", ".join(f"`{place.replace('`', '')}`" for place in places[:MOST_RECURRENCES])
        shown += ", …" * (len(places) > MOST_RECURRENCES)
        lines.append(f"  - {labels.recurrences.format(count=len(places))}: {shown}")
    if group.echoes:
        counts = Counter(by_id[id_].code for id_ in group.echoes)
        shown = ", ".join(f"{code} × {count}" for code, count in sorted(counts.items()))
        lines.append(f"  - {labels.echoes}: {shown}")
    return "\n".join(lines)


def _finding_line(catalogue: Catalogue, finding: Finding) -> str:
    line = (
        f"- **{load_summary_labels().severities[finding.severity]} {finding.code}** · "
        f"`{format_place(catalogue, finding.place).replace('`', '')}` · "
        f"{_escape_markdown(finding.message.id)}"
    )
    if finding.place.quote:
        line += f" — “{_escape_markdown(_shorten_text(finding.place.quote, MAX_QUOTE))}”"
    return line


def _findings_section(pieces: Sequence[SummaryPart]) -> str:
    labels = load_summary_labels()
    lines = [f"## {labels.top}", ""]
    ranked = sorted((entry for part in pieces for entry in part.top), key=lambda entry: entry[0])
    if not ranked:
        return "\n".join([*lines, labels.nothing])
    lines += [line for _, line in ranked[:MOST_FINDINGS]]
    total = sum(part.entries for part in pieces)
    if total > MOST_FINDINGS:
        lines += ["", labels.more.format(count=total - MOST_FINDINGS)]
    return "\n".join(lines)


def _failures_section(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    lines = [f"## {load_summary_labels().failed}", ""]
    lines += [
        (
            f"- `{f.name.replace('`', '')}` ({f.status}): "
            f"{_escape_markdown(f.message)} {_escape_markdown(f.mend)}"
        ).rstrip()
        for f in failures
    ]
    return "\n".join(lines)


def _shorten_text(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _escape_markdown(text: str) -> str:
    """Return printed text on one line, with its Markdown characters escaped."""
    folded = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        folded = folded.replace(sign, f"\\{sign}")
    return folded
