"""How light a PDF colour is."""

from __future__ import annotations


def colour_luminance(colour: object) -> float | None:
    """0 black to 1 white of a grey, RGB or CMYK colour; None where it is a pattern or unset.

    A tint of a named ink (one number, 1 the full ink) reads here as a grey and comes out wrong: callers
    take what is light as in doubt, not as proven.
    """
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    if len(parts) == 1:
        return _clamp_unit(parts[0])
    if len(parts) == 3:
        red, green, blue = map(_clamp_unit, parts)
        return 0.299 * red + 0.587 * green + 0.114 * blue
    if len(parts) == 4:
        cyan, magenta, yellow, black = map(_clamp_unit, parts)
        return (1 - black) * (1 - 0.299 * cyan - 0.587 * magenta - 0.114 * yellow)
    return None


def _clamp_unit(part: float) -> float:
    return min(1.0, max(0.0, float(part)))
