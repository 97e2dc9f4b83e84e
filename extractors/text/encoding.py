"""Bytes to text: UTF-8 where it is, else what the bytes betray (a BOM, UTF-16, a Latin code page)."""

from __future__ import annotations

import codecs

from extractors.errors import ReadError, ReadStatus

MAX_TEXT_BYTES = 2 * 2**20
"""Bytes. The longest decree seen has 20 kB; a text this large is something else, and reading it takes seconds
for each MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the UTF-16 one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an archive or Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
)


def decode_text(data: bytes) -> str:
    """Return the text of ``data``, whatever its encoding, with ``\\n`` at the line ends.

    Raises:
        ReadError: ``empty``, ``too-large``, or ``unsupported`` where the bytes are no text.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise ReadError(ReadStatus.EMPTY, "The file is empty.", "Scan or export the decree again.")
    for signature, file_type in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(
                ReadStatus.UNSUPPORTED,
                f"The file is {file_type}, not OCR'd text.",
                "Give its text (.txt, .md or .html).",
            )
    if len(data) > MAX_TEXT_BYTES:
        raise ReadError(
            ReadStatus.TOO_LARGE,
            f"The text has more than {MAX_TEXT_BYTES // 2**20} MB, far more than a decree.",
            "Cut the decree out of the larger file and give that.",
        )
    text = _decode_bytes(data)
    if not text.replace("\ufeff", "").replace("\u200b", "").strip():
        raise ReadError(
            ReadStatus.EMPTY, "The file holds no visible text.", "Scan or export the decree again."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_bytes(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data:
        return _decode_utf16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as damage:
        return _decode_damaged(data, damage)


def _decode_utf16(data: bytes) -> str:
    """Text whose NUL bytes say UTF-16 without a BOM; anything else with NUL bytes is no text."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if min(even, odd) < 0.05 * half and max(even, odd) > 0.5 * half:
        return data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    raise ReadError(
        ReadStatus.UNSUPPORTED, "The file is binary, not text.", "Give its text (.txt, .md or .html)."
    )


def _decode_damaged(data: bytes, damage: UnicodeDecodeError) -> str:
    """UTF-8 with few broken bytes is read as such; else the code page that fits best."""
    utf8_text = data.decode("utf-8", errors="replace")
    if utf8_text.count("\ufffd") <= len(utf8_text) / 1000 and any(
        ord(c) > 127 for c in utf8_text if c != "\ufffd"
    ):
        return utf8_text
    from charset_normalizer import from_bytes  # heavy, and rarely needed

    best_match = from_bytes(data, cp_isolation=["utf_8", "cp1252", "latin_1", "mac_roman"]).best()
    if best_match is not None:
        return str(best_match)
    control_count = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if control_count > 0.02 * min(len(data), 4096):
        raise ReadError(
            ReadStatus.UNSUPPORTED,
            f"The file is no text: byte {damage.start} and others are in no known encoding.",
            "Give its text (.txt, .md or .html).",
        )
    return data.decode("latin-1")
