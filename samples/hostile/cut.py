"""A valid PDF that is truncated at many places, or has flipped bits: seeded, so always the same files.

What of it must be read depends on the place; that it ends well, with a status that fits, does not.
"""

from __future__ import annotations

import random
from functools import partial

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf

SEED = 7
TORN: dict[int, tuple[str, int | None, tuple[int, ...]]] = {
    5: ("damaged", None, ()),
    15: ("damaged", None, ()),
    30: ("damaged", None, ()),
    45: ("ok", INDICATORS, (2,)),
    60: ("ok", INDICATORS, (2,)),
    75: ("ok", 2 * INDICATORS, (3,)),
    90: ("ok", 2 * INDICATORS, (3,)),
    97: ("ok", 3 * INDICATORS, ()),
    99: ("ok", 3 * INDICATORS, ()),
}
"""Per cent that is left, and what must come of it: with the last pages' contents go their words alone."""
FLIPPED: dict[int, tuple[str, int | None, tuple[int, ...]]] = {
    1: ("ok", 3 * INDICATORS, ()),
    2: ("ok", 3 * INDICATORS, ()),
    4: ("ok", 3 * INDICATORS, ()),
    8: ("ok", 3 * INDICATORS, ()),
    16: ("ok", 3 * INDICATORS, ()),
    32: ("ok", None, (1,)),  # its table lost words: how many rows are whole is not told
    64: ("damaged", None, ()),
    128: ("damaged", None, ()),
}
"""Number of flipped bits, and the required result."""


def plain() -> bytes:
    """Return the file to be damaged: three pages of a decree."""
    document = Pdf()
    for _ in range(3):
        document.page()
    return document.bytes()


def torn(percent: int) -> bytes:
    """Return the beginning of the file."""
    data = plain()
    return data[: len(data) * percent // 100]


def flipped(bits: int, seed: int = SEED) -> bytes:
    """Return the file with some flipped bits, anywhere after its signature."""
    chance = random.Random(seed * 1000 + bits)
    data = bytearray(plain())
    for _ in range(bits):
        data[chance.randrange(9, len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


CASES = (
    *(
        Case(
            f"cut-{percent}.pdf",
            status,
            f"{percent} % of it are left",
            partial(torn, percent),
            indicators,
            unread,
        )
        for percent, (status, indicators, unread) in TORN.items()
    ),
    *(
        Case(
            f"bits-{bits}.pdf", status, f"{bits} bits turned over", partial(flipped, bits), indicators, unread
        )
        for bits, (status, indicators, unread) in FLIPPED.items()
    ),
)
