"""Which part of a cell is the formula: labels, explanations and legends of coded operands set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.text import code_legends
from pipeline.formulas.reading.text.code_legends import CodeLegend

_LABEL_LINE = re.compile(
    r"(?P<start>^\s*|\n\s*|[.;]\s+)(?P<label>[^\W_][^\n:=.;]{3,38}[^\W_])(?P<sign>\s*:|\n)"
)


@dataclass(frozen=True, slots=True)
class FormulaSections:
    """The formula's own text, what the letters of its codes stand for, and what was set apart."""

    formula: str
    legend: CodeLegend
    repairs: tuple[str, ...]


def split_sections(text: str) -> FormulaSections:
    """Set the formula of a cell apart from what explains it."""
    repairs: list[str] = []
    formula, explanations = _split_by_labels(
        code_legends.rewrite_listed_definitions(_repair_labels(text, repairs)), repairs
    )
    formula = _strip_lead_phrase(formula, repairs)
    formula, legend = code_legends.resolve_codes(formula, explanations)
    if legend.words:
        repairs.append("codes resolved")
    return FormulaSections(formula.strip(), legend, tuple(repairs))


def _repair_labels(text: str, repairs: list[str]) -> str:
    """The text with labels that a scanner damaged as they should be: `Rumiis :`, `Perhitu ngan :`."""
    if ":" not in text and "\n" not in text:  # one of them ends a label
        return text
    vocabulary = reading_vocabulary()

    def repair_label(match: re.Match[str]) -> str:
        printed = "".join(match["label"].lower().split())
        if (
            printed in vocabulary.label_names
            and " ".join(match["label"].lower().split()) == vocabulary.label_names[printed]
        ):
            return match.group()
        label = _closest_label(printed)
        if label is None:
            return match.group()
        repairs.append("label repaired")
        return match["start"] + label.capitalize() + match["sign"]

    return _LABEL_LINE.sub(repair_label, text)


@lru_cache(maxsize=4096)
def _closest_label(printed: str) -> str | None:
    """The one label that the letters can be, blanks apart."""
    from rapidfuzz.distance import OSA

    candidates = []
    for letters, name in reading_vocabulary().label_names.items():
        max_distance = 1 if len(letters) < 10 else 2
        if (
            abs(len(letters) - len(printed)) <= max_distance
            and len(letters) > 4
            and (
                OSA.distance(word_skeleton(letters), word_skeleton(printed), score_cutoff=max_distance)
                <= max_distance
            )
        ):
            candidates.append((OSA.distance(letters, printed), name))
    return min(candidates)[1] if candidates else None


def _split_by_labels(text: str, repairs: list[str]) -> tuple[str, str]:
    """The section that holds the formula, and all others together."""
    cuts = _find_label_cuts(text)
    if not cuts:
        return text, ""
    sections = [("", text[: cuts[0][0]])]
    for number, (_, after, kind) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        sections.append((kind, text[after:end]))
    chosen = _choose_section(sections)
    explanations = f"\n{code_legends.SECTION_BREAK}".join(
        part for number, (_, part) in enumerate(sections) if number != chosen and part.strip()
    )
    if sections[chosen][0]:
        repairs.append("label dropped")
    if explanations:
        repairs.append("explanation dropped")
    return sections[chosen][1], explanations


def _find_label_cuts(text: str) -> list[tuple[int, int, str]]:
    """Where each label starts, where what it labels starts, and its kind."""
    vocabulary = reading_vocabulary()
    cuts: list[tuple[int, int, str]] = []
    if not vocabulary.label_prefilter.may_contain(text):
        return cuts
    for match in vocabulary.labels.finditer(text):
        is_formula = " ".join(match["label"].lower().split()) in vocabulary.formula_labels
        is_inline = match["start"].isspace() and "\n" not in match["start"]
        if is_formula and not match["sign"]:
            continue
        if code_legends.is_operand_code(match["label"], text[: match.start("label")]):
            continue  # `NB` is a code here, and defined, no nota bene
        if is_inline and not _is_label_inside(text, match, is_formula):
            continue
        if not is_inline and not match["sign"] and not _is_bare_label(text, match):
            continue
        cuts.append((match.start("label"), match.end(), "formula" if is_formula else "explanation"))
    return cuts


def _is_bare_label(text: str, match: re.Match[str]) -> bool:
    """Whether a label's word without its colon is a label: capital, or right before a code's definition.

    A lower-case word at a line's start may as well go on with the line above (`surat` / `keterangan`).
    """
    if not match["start"].strip(" "):
        return False
    return match["label"][0].isupper() or code_legends.starts_definition(text, match.end())


def _is_label_inside(text: str, match: re.Match[str], formula: bool) -> bool:
    """Whether a label's word inside a line is a label: `… desa Keterangan :`, not `surat keterangan :`."""
    if match["sign"] not in {":", "="} or not match["label"][0].isupper():
        return False
    before = text[: match.start()].rsplit(None, 1)
    return formula or (bool(before) and not before[-1][0].isupper())


def _choose_section(sections: list[tuple[str, str]]) -> int:
    """The labelled formula that computes, else any part that does, else the first that says something."""
    ranked = [
        (
            kind == "formula" and bool(code_legends.calculation_pattern().search(part)),
            kind == "" and bool(part.strip()),
            kind == "formula" and bool(part.strip()),
            bool(code_legends.calculation_pattern().search(part)),
            bool(part.strip()),
        )
        for kind, part in sections
    ]
    return max(range(len(sections)), key=lambda number: (ranked[number], -number))


def _strip_lead_phrase(text: str, repairs: list[str]) -> str:
    """What follows `dihitung dengan rumus` and the like, where it computes."""
    if not reading_vocabulary().lead_prefilter.may_contain(text):
        return text
    for match in reading_vocabulary().leads.finditer(text):
        rest = text[match.end() :]
        if code_legends.calculation_pattern().search(rest) and not code_legends.calculation_pattern().search(
            text[: match.start()]
        ):
            repairs.append("label dropped")
            return rest.lstrip(" :=")
    return text
