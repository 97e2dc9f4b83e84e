"""Fractions told by their sides' names: `Pembilang: … Penyebut: …`, in lines, a sentence or small tables."""

from __future__ import annotations

import re
from functools import cache

from pipeline.formulas.brackets import UnreadableError
from pipeline.formulas.knowledge import Cue, knowledge, skeleton, tables
from pipeline.formulas.legends import computes

_FACTOR = re.compile(
    r"[,;.\s]*(?i:\b[xX]{1,2}(?=\s?\d)|[×*]|\b(?:d\s?[i1lI]\s?)?ka[lI1i][i1lI](?:kan)?\b)\s*(?i:dengan\s+)?(?P<factor>\d[\d.]*(?:\s?%)?)(?:\s*=[\s\d.,]*%?)?"
    r"(?:\.\s+[A-Z][^\n]*)?[\s.;)]*$",
)
_EDGE = " \n\t,;.|:=/÷-–—_"
_DIVIDES = re.compile(r"[/:÷|]|\bbagi|\bdibagi|[—_-]{2}")


def sides(text: str, repairs: list[str]) -> str:
    """The text with its two named sides as one fraction; as it stands where it names none or several."""
    if not _cue().within(text) or not _names().search(text):
        return text
    text = _coded(text)
    found = list(_names().finditer(text))
    kinds = [_kind(match) for match in found if _kind(match) != "factor"]
    if len(kinds) == 1 and not _DIVIDES.sub("", text[: found[0].start()]).strip(_EDGE):
        lost = {"numerator": "denominator", "denominator": "numerator"}[kinds[0]]
        if not computes().search(text[found[0].end() :]):
            raise UnreadableError(f"the {lost} is lost")
    if set(kinds) != {"numerator", "denominator"}:
        return text
    if sorted(kinds) == ["denominator", "denominator", "numerator", "numerator"]:
        return _as_codes(text, found, repairs)
    if len(kinds) > 2:
        return text
    parts = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else _before_explanation(text, match.end())
        parts[_kind(match)] = text[match.end() : end]
    above, early = _side(parts["numerator"])
    below, behind = _side(parts["denominator"])
    if not above or not below:
        return text
    repairs.append("named sides read as fraction")
    stated = _side(f" × {parts['factor'].strip(_EDGE + 'x×*')}")[1] if "factor" in parts else ""
    before = text[: found[0].start()].rstrip(_EDGE + "(")
    return f"{before} = ({above}) ÷ ({below}){behind or stated or early}" if before else (
        f"({above}) ÷ ({below}){behind or stated or early}"
    )  # fmt: skip


def _before_explanation(text: str, start: int) -> int:
    """Where the last side ends: before a label such as `Sumber data :`."""
    known = knowledge()
    for label in known.labels.finditer(text, start):
        formula = " ".join(label["label"].lower().split()) in known.formula_labels
        if not formula and label["sign"] in {":", "="}:
            return label.start("label")
    return len(text)


def _coded(text: str) -> str:
    """`Pembilang (A) : …` and `A (pembilang) = …` as `A = …`, where both sides have a code."""
    for pattern, stated in ((_behind(), r"\g<code> = "), (_before(), r"\g<code> ")):
        found = list(pattern.finditer(text))
        if len(found) == 2 and len({_kind(match) for match in found}) == 2:
            return pattern.sub(stated, text)
    return text


def _as_codes(text: str, found: list[re.Match[str]], repairs: list[str]) -> str:
    """`Pembilang/Penyebut x 100%` and what these are: the names are codes with a legend."""
    pairs = [match for match in found if _kind(match) != "factor"]
    if not any(_DIVIDES.search(text[pairs[n].end("name") : pairs[n + 1].start()]) for n in (0, 2)):
        return text
    repairs.append("named sides read as fraction")
    for match in reversed(pairs):
        code = "A" if _kind(match) == "numerator" else "B"
        text = text[: match.start("name")] + code + text[match.end("name") :]
    return text


def _side(text: str) -> tuple[str, str]:
    """One side without brackets that it lost the partner of, and the multiplier at its end."""
    factor = _FACTOR.search(text)
    if factor:
        text = text[: factor.start()]
    text = text.strip(_EDGE)
    while text.endswith("(") or (text.endswith(")") and text.count(")") > text.count("(")):
        text = text[:-1].rstrip(_EDGE)
    while text.startswith(")") or (text.startswith("(") and text.count("(") > text.count(")")):
        text = text[1:].lstrip(_EDGE)
    return text, f" × {factor['factor']}" if factor else ""


def _kind(match: re.Match[str]) -> str:
    kinds: dict[str, list[str]] = tables()["sides"]
    return next(kind for kind in kinds if match[kind])


def _kinds() -> str:
    return "|".join(
        f"(?P<{kind}>(?:{'|'.join(map(_worn, names))}))" for kind, names in sorted(tables()["sides"].items())
    )


@cache
def _cue() -> Cue:
    firsts = {name.split()[0] for names in tables()["sides"].values() for name in names}
    return Cue(re.compile(rf"(?<!\w)(?:{'|'.join(map(_worn, sorted(firsts)))})", re.IGNORECASE))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_kinds()})\s?\((?P<code>[A-Za-z]\d?)\)\s*[:=]?\s*", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<code>[A-Za-z]\d?)\s?\((?:{_kinds()})\)\s*", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    """Each name in any print that scanners make of it, with the sign behind it."""
    return re.compile(
        rf"(?<!\w)(?P<name>(?:{_kinds()}))(?!\w)(?:\s?\([^()\n]{{1,20}}\))?(?:\s*(?:[:=|]|adalah|yaitu))?\s*",
        re.IGNORECASE,
    )


def _worn(name: str) -> str:
    """A name in letters as scanners may take them."""
    alike: dict[str, set[str]] = {}
    for printed, read in tables()["alike"].items():
        alike.setdefault(read, {read}).add(printed)
    return "".join(
        f"(?:{'|'.join(sorted(map(re.escape, {letter} | alike.get(skeleton(letter), set()))))})"
        for letter in name
    )
