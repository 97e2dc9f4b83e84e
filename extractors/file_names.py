"""Names of files are bytes from strangers: what of them cannot be stored or shown is written out, visibly."""

from __future__ import annotations

import unicodedata

_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control and format characters (bidirectional marks too), half characters, line and paragraph breaks."""


def printable_name(name: str) -> str:
    r"""Return a name or path with unsafe characters as escapes: ``\xff``, ``\n``, ``\x1b``, ``\u202e``.

    Bytes of a name that is not UTF-8, which Python keeps as half characters, become their hexadecimal value.
    A safe name is returned as it is.
    """
    return "".join(map(_escape_sign, name))


def _escape_sign(sign: str) -> str:
    if unicodedata.category(sign) not in _UNSAFE_CATEGORIES:
        return sign
    if 0xDC80 <= ord(sign) <= 0xDCFF:
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape").decode("ascii")
