"""Which part of a cell is the formula: labels, explanations and legends of coded operands set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.formulas import legends
from pipeline.formulas.knowledge import knowledge, skeleton
from pipeline.formulas.legends import Legend

_LABEL_LINE = re.compile(
    r"(?P<start>^\s*|\n\s*|[.;]\s+)(?P<label>[^\W_][^\n:=.;]{3,38}[^\W_])(?P<sign>\s*:|\n)"
)


@dataclass(frozen=True, slots=True)
class Sections:
    """The formula's own text, what the letters of its codes stand for, and what was set apart."""

    formula: str
    legend: Legend
    repairs: tuple[str, ...]


def split(text: str) -> Sections:
    """Set the formula of a cell apart from what explains it."""
    repairs: list[str] = []
    formula, explanations = _by_labels(legends.listed(_mended_labels(text, repairs)), repairs)
    formula = _after_lead(formula, repairs)
    formula, legend = legends.resolve(formula, explanations)
    if legend.words:
        repairs.append("codes resolved")
    return Sections(formula.strip(), legend, tuple(repairs))


def _mended_labels(text: str, repairs: list[str]) -> str:
    """The text with labels that a scanner damaged as they should be: `Rumiis :`, `Perhitu ngan :`."""
    if ":" not in text and "\n" not in text:  # one of them ends a label
        return text
    known = knowledge()

    def mend(match: re.Match[str]) -> str:
        printed = "".join(match["label"].lower().split())
        if (
            printed in known.label_names
            and " ".join(match["label"].lower().split()) == known.label_names[printed]
        ):
            return match.group()
        near = _near_label(printed)
        if near is None:
            return match.group()
        repairs.append("label repaired")
        return match["start"] + near.capitalize() + match["sign"]

    return _LABEL_LINE.sub(mend, text)


@lru_cache(maxsize=4096)
def _near_label(printed: str) -> str | None:
    """The one label that the letters can be, blanks apart."""
    from rapidfuzz.distance import OSA

    near = []
    for letters, name in knowledge().label_names.items():
        allowed = 1 if len(letters) < 10 else 2
        if (
            abs(len(letters) - len(printed)) <= allowed
            and len(letters) > 4
            and (OSA.distance(skeleton(letters), skeleton(printed), score_cutoff=allowed) <= allowed)
        ):
            near.append((OSA.distance(letters, printed), name))
    return min(near)[1] if near else None


def _by_labels(text: str, repairs: list[str]) -> tuple[str, str]:
    """The section that holds the formula, and all others together."""
    cuts = _cuts(text)
    if not cuts:
        return text, ""
    sections = [("", text[: cuts[0][0]])]
    for number, (_, after, kind) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        sections.append((kind, text[after:end]))
    chosen = _choose(sections)
    others = f"\n{legends.SECTION}".join(
        part for number, (_, part) in enumerate(sections) if number != chosen and part.strip()
    )
    if sections[chosen][0]:
        repairs.append("label dropped")
    if others:
        repairs.append("explanation dropped")
    return sections[chosen][1], others


def _cuts(text: str) -> list[tuple[int, int, str]]:
    """Where each label starts, where what it labels starts, and its kind."""
    known = knowledge()
    cuts: list[tuple[int, int, str]] = []
    if not known.label_cue.within(text):
        return cuts
    for match in known.labels.finditer(text):
        formula = " ".join(match["label"].lower().split()) in known.formula_labels
        free = match["start"].isspace() and "\n" not in match["start"]
        if formula and not match["sign"]:
            continue
        if legends.is_operand(match["label"], text[: match.start("label")]):
            continue  # `NB` is a code here, and defined, no nota bene
        if free and not _is_label_inside(text, match, formula):
            continue
        if not free and not match["sign"] and not _is_bare_label(text, match):
            continue
        cuts.append((match.start("label"), match.end(), "formula" if formula else "explanation"))
    return cuts


def _is_bare_label(text: str, match: re.Match[str]) -> bool:
    """Whether a label's word without its colon is a label: capital, or right before a code's definition.

    A lower-case word at a line's start may as well go on with the line above (`surat` / `keterangan`).
    """
    if not match["start"].strip(" "):
        return False
    return match["label"][0].isupper() or legends.defines(text, match.end())


def _is_label_inside(text: str, match: re.Match[str], formula: bool) -> bool:
    """Whether a label's word inside a line is a label: `… desa Keterangan :`, not `surat keterangan :`."""
    if match["sign"] not in {":", "="} or not match["label"][0].isupper():
        return False
    before = text[: match.start()].rsplit(None, 1)
    return formula or (bool(before) and not before[-1][0].isupper())


def _choose(sections: list[tuple[str, str]]) -> int:
    """The labelled formula that computes, else any part that does, else the first that says something."""
    ranked = [
        (kind == "formula" and bool(legends.computes().search(part)), kind == "" and bool(part.strip()),
         kind == "formula" and bool(part.strip()), bool(legends.computes().search(part)), bool(part.strip()))
        for kind, part in sections
    ]  # fmt: skip
    return max(range(len(sections)), key=lambda number: (ranked[number], -number))


def _after_lead(text: str, repairs: list[str]) -> str:
    """What follows `dihitung dengan rumus` and the like, where it computes."""
    if not knowledge().lead_cue.within(text):
        return text
    for match in knowledge().leads.finditer(text):
        rest = text[match.end() :]
        if legends.computes().search(rest) and not legends.computes().search(text[: match.start()]):
            repairs.append("label dropped")
            return rest.lstrip(" :=")
    return text
