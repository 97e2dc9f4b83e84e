"""Locked PDFs: by a password for reading, by one for changing only, by keys that nobody has."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf

if TYPE_CHECKING:
    from collections.abc import Callable

TWO = 2 * INDICATORS
KEY = "kunci"
OWNER = "pemilik"
KINDS: dict[str, tuple[Literal[2, 3, 4, 5, 6], bool]] = {
    "rc4-40": (2, False),
    "rc4-128": (3, False),
    "aes-128": (4, True),
    "aes-256": (6, True),
    "aes-256-r5": (5, True),
}
"""Revision of the lock, and whether it is AES."""


def _plain() -> bytes:
    document = Pdf()
    document.page()
    document.page()
    return document.bytes()


def _locked(kind: str, user: str) -> Callable[[], bytes]:
    def make() -> bytes:
        import pikepdf

        revision, aes = KINDS[kind]
        out = BytesIO()
        lock = pikepdf.Encryption(owner=OWNER, user=user, R=revision, aes=aes, metadata=aes)
        with pikepdf.open(BytesIO(_plain())) as document:
            document.save(out, encryption=lock)
        return out.getvalue()

    return make


def _lock(entries: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        document = Pdf(trailer=b"/Encrypt %s/ID[<00><00>]" % entries)
        document.page()
        return document.bytes()

    return make


def _case(name: str, status: str, why: str, make: Callable[[], bytes], password: str | None = None) -> Case:
    return Case(f"locks-{name}.pdf", status, why, make, TWO if status == "ok" else None, password=password)


CASES = (
    *(
        case
        for kind in KINDS
        for case in (
            _case(f"{kind}-shut", "encrypted", "a password is needed and none is given", _locked(kind, KEY)),
            _case(f"{kind}-wrong", "encrypted", "the password is wrong", _locked(kind, KEY), "salah"),
            _case(f"{kind}-user", "ok", "the reader's password is given", _locked(kind, KEY), KEY),
            _case(f"{kind}-owner", "ok", "the owner's password is given", _locked(kind, KEY), OWNER),
            _case(f"{kind}-open", "ok", "only changing it is locked", _locked(kind, "")),
        )
    ),
    _case("certificate", "encrypted", "locked for the holder of a certificate", _lock(b"<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5/Recipients[<00>]>>")),
    _case("seller", "encrypted", "locked by a seller of books", _lock(b"<</Filter/EBX_HANDLER/V 3>>")),
    _case("future", "encrypted", "locked in a way that does not exist", _lock(b"<</Filter/Standard/V 99/R 99/O<00>/U<00>/P -1>>")),
)  # fmt: skip
