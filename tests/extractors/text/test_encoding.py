"""Bytes that are not UTF-8 are read, not crashed on; what is no text is refused with a reason."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import ReadError, ReadStatus
from extractors.text.encoding import MAX_TEXT_BYTES, decode_text

SENTENCE = "Persentase desa tepat waktu – ∑ × 100%\nMeningkatnya pelayanan “prima” di kecamatan"


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 BOM", "utf-16 BOM", "utf-16-le", "utf-16-be", "utf-32 BOM"],
)
def test_every_unicode_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode_text(data) == SENTENCE


def test_a_code_page_is_recognised() -> None:
    printed = "Persentase realisasi – “tepat waktu” × 100%\n" * 20
    assert decode_text(printed.encode("cp1252")) == printed


def test_a_few_broken_bytes_do_not_make_another_encoding_of_utf_8() -> None:
    data = (SENTENCE * 50).encode() + b"\xff" + b" akhir"
    assert decode_text(data).startswith(SENTENCE)


def test_line_ends_of_every_system_become_one() -> None:
    assert decode_text(b"satu\r\ndua\rtiga\n") == "satu\ndua\ntiga\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", ReadStatus.EMPTY),
        (b" \r\n\t\x00", ReadStatus.EMPTY),
        ("\ufeff\u200b \n".encode(), ReadStatus.EMPTY),
        (b"\xa0", ReadStatus.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", ReadStatus.UNSUPPORTED),
        (b"PK\x03\x04rest", ReadStatus.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ReadStatus.UNSUPPORTED),
        (bytes(range(256)) * 20, ReadStatus.UNSUPPORTED),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, status: ReadStatus) -> None:
    with pytest.raises(ReadError) as error:
        decode_text(data)
    assert error.value.status is status
    assert error.value.remedy


def test_a_text_of_fifty_megabytes_is_too_large() -> None:
    with pytest.raises(ReadError) as error:
        decode_text(b"Indikator Kinerja Utama\n" * (50 * 2**20 // 24))
    assert error.value.status is ReadStatus.TOO_LARGE
    assert f"{MAX_TEXT_BYTES // 2**20} MB" in str(error.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        assert decode_text(data).strip() != ""
    except ReadError as error:
        assert error.status in (ReadStatus.EMPTY, ReadStatus.UNSUPPORTED)
