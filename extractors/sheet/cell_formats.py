"""Numbers of cells as a spreadsheet shows them in Indonesian: decimal comma, percentages, dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 15: "dd/mm/yyyy", 16: "dd/mm/yyyy", 17: "dd/mm/yyyy", 22: "dd/mm/yyyy",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
}  # fmt: skip
"""Formats that are known by number; every other number means general."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DECIMALS = re.compile(r"\.([0#?]+)")
_DATE_LETTER = re.compile(r"[dy]", re.IGNORECASE)
_LARGEST_SERIAL = 2_958_465
"""31 December 9999."""
_MAX_DECIMALS = 10
_GENERAL_DIGITS = 11
"""Digits that a spreadsheet shows of a number without a format."""


def format_code(format_id: int, custom_formats: dict[int, str]) -> str:
    """Return the code of a number format; ``General`` where none is known."""
    return custom_formats.get(format_id) or _BUILT_IN_FORMATS.get(format_id, "General")


def format_value(value: str, code: str, uses_1904_dates: bool) -> str:
    """Return a stored number as it is shown; a text that is no number as it stands.

    >>> format_value("0.855", "0.0%", False), format_value("83.5", "General", False)
    ('85,5%', '83,5')
    >>> format_value("1250000", "#,##0", False), format_value("45306", "dd/mm/yyyy", False)
    ('1.250.000', '15/01/2024')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return value
    has_negative_form = number < 0 and ";" in code
    section = code.split(";")[has_negative_form]
    number = abs(number) if has_negative_form else number
    bare_code = _QUOTED.sub("", section)
    if _DATE_LETTER.search(bare_code) and not re.search(r"[0#]", bare_code):
        return _format_date(number, uses_1904_dates) or _format_general(number)
    if not re.search(r"[0#?]", bare_code):
        return _format_general(number)
    masked = _QUOTED.sub(lambda match: "\0" * len(match.group()), section)
    placeholders = [match.start() for match in re.finditer(r"[0#?%]", masked)]
    before, after = section[: placeholders[0]], section[placeholders[-1] + 1 :]
    shown = _format_decimal(number, bare_code)
    return f"{_literal_text(before)}{shown}{_literal_text(after)}".strip()


def _literal_text(code: str) -> str:
    """Return what a stretch of a format's code prints: signs in quotes, behind a backslash, a currency."""
    code = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", code)
    code = re.sub(r"\[[^\]]*\]|[_*].", "", code)
    return re.sub(r"\\(.)", r"\1", code.replace('"', ""))


def _format_decimal(number: Decimal, bare_code: str) -> str:
    if "%" in bare_code:
        number *= 100
    decimals = min(len(match.group(1)) if (match := _DECIMALS.search(bare_code)) else 0, _MAX_DECIMALS)
    optional = match is not None and "0" not in match.group(1)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{decimals}f}" if re.search(r"[#0],[#0]", bare_code) else f"{rounded:.{decimals}f}"
    if optional:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) + ("%" if "%" in bare_code else "")


def _format_general(number: Decimal) -> str:
    """Return a number without a format, without the noise of binary fractions in its last digits."""
    digits = max(0, _GENERAL_DIGITS - 1 - max(number.adjusted(), 0))
    rounded = number.quantize(Decimal(1).scaleb(-min(digits, 10)), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") or "0"


def _format_date(number: Decimal, uses_1904_dates: bool) -> str | None:
    serial = int(number)
    if not 0 < serial <= _LARGEST_SERIAL:
        return None
    epoch = date(1904, 1, 1) if uses_1904_dates else date(1899, 12, 30)
    try:
        day = epoch + timedelta(days=serial)
    except OverflowError:
        return None
    return f"{day.day:02}/{day.month:02}/{day.year}"
