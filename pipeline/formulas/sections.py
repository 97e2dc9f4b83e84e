"""Which part of a cell is the formula: labels, explanations and legends of coded operands set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.formulas.knowledge import knowledge, tables

# Signs by which something is certainly computed; the words come from the tables.
_SIGNS = r"[÷×+*%∑/⦃]|[—_\-]{3}|\b[xX]\b"
_CODE = r"[A-Za-z]{1,3}\d?"
_CODE_OPERAND = re.compile(rf"(?<!\w)({_CODE})(?!\w)")


@dataclass(frozen=True, slots=True)
class Sections:
    """The formula's own text, what its codes stand for (lower-case code → words), and what was set apart."""

    formula: str
    codes: dict[str, str]
    repairs: tuple[str, ...]


def split(text: str) -> Sections:
    """Set the formula of a cell apart from what explains it."""
    repairs: list[str] = []
    formula, explanations = _by_labels(text, repairs)
    formula = _after_lead(formula, repairs)
    formula, explanations = _cases_apart(formula, explanations)
    formula, codes = _legend(*_legend_first(formula, explanations))
    if codes:
        repairs.append("codes resolved")
    return Sections(formula.strip(), codes, tuple(repairs))


def _by_labels(text: str, repairs: list[str]) -> tuple[str, str]:
    """The section that holds the formula, and all others together."""
    cuts = _cuts(text)
    sections = [("", text[: cuts[0][0]] if cuts else text)]
    for number, (_, after, kind) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        sections.append((kind, text[after:end]))
    chosen = _choose(sections)
    others = "\n".join(part for number, (_, part) in enumerate(sections) if number != chosen and part.strip())
    if sections[chosen][0]:
        repairs.append("label dropped")
    if others:
        repairs.append("explanation dropped")
    return sections[chosen][1], others


def _cuts(text: str) -> list[tuple[int, int, str]]:
    """Where each label starts, where what it labels starts, and its kind."""
    known = knowledge()
    cuts = []
    for match in known.labels.finditer(text):
        formula = " ".join(match["label"].lower().split()) in known.formula_labels
        free = match["start"].isspace() and "\n" not in match["start"]
        if formula and not match["sign"]:
            continue
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
    return match["label"][0].isupper() or _defined().match(text, match.end()) is not None


def _is_label_inside(text: str, match: re.Match[str], formula: bool) -> bool:
    """Whether a label's word inside a line is a label: `… desa Keterangan :`, not `surat keterangan :`."""
    if match["sign"] not in {":", "="} or not match["label"][0].isupper():
        return False
    before = text[: match.start()].rsplit(None, 1)
    return formula or (bool(before) and not before[-1][0].isupper())


def _choose(sections: list[tuple[str, str]]) -> int:
    """The labelled formula that computes, else any part that does, else the first that says something."""
    ranked = [
        (kind == "formula" and bool(_computes().search(part)), kind == "" and bool(part.strip()),
         kind == "formula" and bool(part.strip()), bool(_computes().search(part)), bool(part.strip()))
        for kind, part in sections
    ]  # fmt: skip
    return max(range(len(sections)), key=lambda number: (ranked[number], -number))


def _after_lead(text: str, repairs: list[str]) -> str:
    """What follows `dihitung dengan rumus` and the like, where it computes."""
    for match in knowledge().leads.finditer(text):
        rest = text[match.end() :]
        if _computes().search(rest) and not _computes().search(text[: match.start()]):
            repairs.append("label dropped")
            return rest.lstrip(" :=")
    return text


def _cases_apart(formula: str, explanations: str) -> tuple[str, str]:
    """Where `n` and `N` stand for two things, the capital one gets another name."""
    defined = {match["code"] for match in _defined().finditer(f"{formula}\n{explanations}")}
    for code in sorted(defined):
        if code.isupper() and code.lower() in defined:
            capital = re.compile(rf"(?<!\w){code}(?!\w)")
            formula, explanations = (capital.sub(f"{code}9", text) for text in (formula, explanations))
    return formula, explanations


def _legend_first(formula: str, explanations: str) -> tuple[str, str]:
    """`A = …, B = …, A/B x 100%`: what stands before the formula in codes joins the explanations."""
    if not (first := _defined().match(formula)):
        return formula, explanations
    parts = re.split(r"[,;\n]\s*", formula)
    legend = [
        part
        for part in parts
        if (match := _defined().match(part)) and not _computes().search(part[match.end() :])
    ]
    rest = [part for part in parts if part not in legend]
    if (
        len(legend) > 1
        and rest
        and _computes().search(rest[0])
        and first["code"].lower() in _operands(rest[0])
    ):
        return ", ".join(rest), "\n".join([*legend, explanations])
    return formula, explanations


def _operands(formula: str) -> set[str]:
    return {code.lower() for code in _CODE_OPERAND.findall(formula)}


def _legend(formula: str, explanations: str) -> tuple[str, dict[str, str]]:
    """The formula without a legend that follows it, and the legend's codes."""
    codes = _definitions(explanations, formula)
    computes = _computes().search(formula)
    first: dict[str, int] = {}
    for operand in _CODE_OPERAND.finditer(formula):
        first.setdefault(operand[1].lower(), operand.start())
    for match in _defined().finditer(formula):
        used = first.get(match["code"].lower(), len(formula)) < match.start()
        if used and computes and computes.start() < match.start():
            before = formula[: match.start()]
            return before.rstrip(" ,;"), _definitions(formula[match.start() :], before) | codes
    return formula, codes


@cache
def _computes() -> re.Pattern[str]:
    """Signs, words and phrases that say that something is computed."""
    raw = tables()
    loose = {*raw["only_before_number"], *raw["only_before_sum"]}
    phrases = [
        text for table in (raw["operators"], raw["openers"]) for texts in table.values() for text in texts
    ]
    words = sorted({re.escape(text) for text in (*phrases, *raw["percent_words"]) if text not in loose})
    return re.compile(rf"{_SIGNS}|(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _defined() -> re.Pattern[str]:
    """A code, its sign or word of definition, and the start of what it stands for."""
    words = "|".join(sorted(map(re.escape, knowledge().equals_words)))
    return re.compile(rf"(?<![\w./+*×÷(-])(?P<code>{_CODE})(?:\s?[=:]\s?|\s(?:{words})\s)(?=[A-Za-z∑])")


@cache
def _joint() -> re.Pattern[str]:
    """A connecting word at the end of one definition, before the next."""
    return re.compile(rf"\s(?:{'|'.join(sorted(map(re.escape, knowledge().connectives)))})$", re.IGNORECASE)


def _definitions(text: str, formula: str) -> dict[str, str]:
    """`A = …; B : …` for codes that the formula uses."""
    used = _operands(formula)
    found = [match for match in _defined().finditer(text) if match["code"].lower() in used]
    codes: dict[str, str] = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        words = _joint().sub("", " ".join(text[match.end() : end].split())).strip(" ,;.")
        if words:
            codes.setdefault(match["code"].lower(), words)
    return codes
