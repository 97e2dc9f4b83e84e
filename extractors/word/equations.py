r"""Equations of Word (OMML) as a line: plain where slashes and brackets suffice, else LaTeX.

A fraction is written ``a / b``, as one printed on a page is; roots, sums with limits, matrices and the like
need LaTeX (``$\sqrt{a}$``), which the formula reader takes as OCR engines emit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extractors.fraction_notation import needs_brackets
from extractors.office_package import Element
from extractors.word.symbol_font import decode_symbols
from extractors.word.xml_names import M, W

_PLAIN_TAGS = frozenset(
    f"{M}{name}" for name in ("oMath", "oMathPara", "r", "f", "num", "den", "d", "e", "t", "box", "argPr")
)
_LATEX_SIGNS = {"∑": r"\sum ", "×": r"\times ", "÷": r"\div ", "·": r"\cdot ", "%": r"\%", "√": r"\surd "}
_NARY_SIGNS = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int"}
_LETTER_WORD = re.compile(r"[^\W\d_]{2,}")
_DELETED = (f"{W}del", f"{W}moveFrom")


def write_equation(element: Element) -> str:
    """Return an equation as one line of text."""
    if all(_is_plain(node) for node in element.iter()):
        return " ".join(_write_plain(element).split())
    return f"${_write_latex(element).strip()}$"


def _is_plain(node: Element) -> bool:
    """Return whether a node needs no LaTeX; properties and what Word adds around runs never do."""
    tag = node.tag
    if not isinstance(tag, str) or not tag.startswith(M) or tag in _PLAIN_TAGS or tag.endswith("Pr"):
        return True
    parent = node.getparent()
    while parent is not None and parent.tag != f"{M}oMath":
        if isinstance(parent.tag, str) and parent.tag.endswith("Pr"):
            return True
        parent = parent.getparent()
    return False


def _math_children(element: Element) -> Iterator[Element]:
    """Yield the children that are printed: inserted text taken, deleted text left out."""
    for child in element:
        if child.tag in _DELETED or not isinstance(child.tag, str) or child.tag.endswith("Pr"):
            continue
        if child.tag.startswith(W) and child.tag != f"{W}t":
            yield from _math_children(child)
        else:
            yield child


def _argument(element: Element, name: str) -> Element | None:
    return element.find(f"{M}{name}")


def _property(element: Element, group: str, name: str, default: str = "") -> str:
    node = element.find(f"{M}{group}/{M}{name}")
    return default if node is None else node.get(f"{M}val", default)


def _write_plain(element: Element | None) -> str:
    if element is None:
        return ""
    parts: list[str] = []
    for child in _math_children(element):
        if child.tag in (f"{M}t", f"{W}t"):
            parts.append(decode_symbols(child.text or ""))
        elif child.tag == f"{M}f":
            parts.append(_write_plain_fraction(child))
        elif child.tag == f"{M}d":
            opening, closing = _brackets(child)
            separator = _property(child, "dPr", "sepChr", "|")
            inner = f" {separator} ".join(_write_plain(e).strip() for e in child.findall(f"{M}e"))
            parts.append(f"{opening}{inner}{closing}")
        else:
            parts.append(_write_plain(child))
    return "".join(parts)


def _write_plain_fraction(element: Element) -> str:
    numerator, denominator = (_write_plain(_argument(element, name)).strip() for name in ("num", "den"))
    return f" {_bracket_sum(numerator)} / {_bracket_sum(denominator)} "


def _bracket_sum(side: str) -> str:
    return f"({side})" if needs_brackets(side) else side


def _brackets(element: Element) -> tuple[str, str]:
    return _property(element, "dPr", "begChr", "("), _property(element, "dPr", "endChr", ")")


def _write_latex(element: Element | None) -> str:
    if element is None:
        return ""
    return "".join(
        _LATEX_WRITERS.get(str(child.tag).rsplit("}", 1)[-1], _write_latex)(child)
        for child in _math_children(element)
    )


def _latex_text(element: Element) -> str:
    text = decode_symbols(element.text or "")
    if _LETTER_WORD.search(text):
        return rf"\text{{{text}}}"
    return "".join(_LATEX_SIGNS.get(sign, sign) for sign in text)


def _side(element: Element, name: str) -> str:
    return _write_latex(_argument(element, name)).strip()


def _latex_fraction(element: Element) -> str:
    if _property(element, "fPr", "type") == "noBar":
        return rf"\binom{{{_side(element, 'num')}}}{{{_side(element, 'den')}}}"
    return rf"\frac{{{_side(element, 'num')}}}{{{_side(element, 'den')}}}"


def _latex_brackets(element: Element) -> str:
    opening, closing = _brackets(element)
    inner = ", ".join(_write_latex(e).strip() for e in element.findall(f"{M}e"))
    return rf"\left{_delimiter(opening)} {inner} \right{_delimiter(closing)}"


def _delimiter(sign: str) -> str:
    return rf"\{sign}" if sign in ("{", "}") else sign or "."


def _latex_root(element: Element) -> str:
    degree = _side(element, "deg")
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_side(element, 'e')}}}"


def _latex_nary(element: Element) -> str:
    sign = _property(element, "naryPr", "chr", "∫")
    below, above = _side(element, "sub"), _side(element, "sup")
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{_NARY_SIGNS.get(sign, sign)}{limits} {_side(element, 'e')}"


def _latex_scripts(element: Element) -> str:
    below, above = _side(element, "sub"), _side(element, "sup")
    before = element.tag == f"{M}sPre"
    scripts = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{{}}{scripts}{_side(element, 'e')}" if before else f"{_side(element, 'e')}{scripts}"


def _latex_bar(element: Element) -> str:
    return rf"\overline{{{_side(element, 'e')}}}"


def _latex_rows(element: Element) -> str:
    rows = element.findall(f"{M}mr") or [element]
    cells = (" & ".join(_write_latex(e).strip() for e in row.findall(f"{M}e")) for row in rows)
    if element.tag == f"{M}eqArr":
        cells = (_write_latex(e).strip() for e in element.findall(f"{M}e"))
    inner = r" \\ ".join(cells)
    return rf"\begin{{matrix}}{inner}\end{{matrix}}"


def _latex_limit(element: Element) -> str:
    sign = "_" if element.tag == f"{M}limLow" else "^"
    return f"{_side(element, 'e')}{sign}{{{_side(element, 'lim')}}}"


def _latex_function(element: Element) -> str:
    return f"{_side(element, 'fName')} {_side(element, 'e')}"


_LATEX_WRITERS: dict[str, Callable[[Element], str]] = {
    "t": _latex_text,
    "f": _latex_fraction,
    "d": _latex_brackets,
    "rad": _latex_root,
    "nary": _latex_nary,
    "sSub": _latex_scripts,
    "sSup": _latex_scripts,
    "sSubSup": _latex_scripts,
    "sPre": _latex_scripts,
    "bar": _latex_bar,
    "m": _latex_rows,
    "eqArr": _latex_rows,
    "limLow": _latex_limit,
    "limUpp": _latex_limit,
    "func": _latex_function,
}
