"""Texts that are odd, broken, or nested without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 2
TABLE = "No\tSasaran\tIndikator Kinerja Utama\tFormulasi\tSumber Data\n" + "".join(
    f"{i}\tPelayanan yang baik\tPersentase layanan warga {i}\tSelesai / Masuk x 100%\tBuku tamu\n"
    for i in (1, 2)
)


def _beside(before: str, after: str = "") -> Callable[[], bytes]:
    """Return a table with something odd before and after it."""
    return lambda: f"{before}\n\n{TABLE}\n{after}\n".encode()


def _case(name: str, why: str, make: Callable[[], bytes], status: str = "ok", **more: Any) -> Case:
    if status == "ok":
        more.setdefault("indicators", ROWS)
    return Case(f"texts-{name}", status, why, make, **more)


CASES = (
    _case("plain.txt", "nothing is wrong with it", _beside("")),
    _case("zero.txt", "a zero between the words", lambda: TABLE.encode().replace(b"warga", b"war\x00ga"), "unsupported"),
    _case("utf16.txt", "in UTF-16", lambda: TABLE.encode("utf-16")),
    _case("utf16-unmarked.txt", "in UTF-16 without its mark", lambda: TABLE.encode("utf-16-be")),
    _case("utf16-odd.txt", "in UTF-16, half a letter too much", lambda: TABLE.encode("utf-16") + b"\x41"),
    _case("utf32.txt", "in UTF-32", lambda: TABLE.encode("utf-32")),
    _case("mark-only.txt", "a mark of UTF-16 and no more", lambda: b"\xff\xfe", "empty"),
    _case("invisible.txt", "letters that cannot be seen", lambda: "\u200b\ufeff\u200b\n".encode() * 99, "empty"),
    _case("broken-utf8.txt", "letters broken off", lambda: TABLE.encode() + b"\nka\xc3 ta\xe2\x82\n"),
    _case("old-lines.txt", "lines that end as on old machines", lambda: TABLE.replace("\n", "\r").encode()),
    _case("controls.txt", "control signs between the words", _beside("\x1b[31mMERAH\x1b[0m \x07\x08")),
    _case("turned.txt", "signs that turn the writing round", _beside("\u202eatak\u202c \u2066x\u2069")),
    _case("accents.txt", "ten thousand accents on a letter", _beside("a" + "\u0301" * 10_000)),
    _case("long-word.txt", "a word of 200,000 letters", _beside("a" * 200_000)),
    _case("long-line.txt", "a line of 20,000 words", _beside("kata " * 20_000)),
    _case("empty-lines.txt", "30,000 empty lines", _beside("\n" * 30_000)),
    _case("divisions-deep.html", "divisions 20,000 deep", _beside("<div>" * 20_000, "</div>" * 20_000)),
    _case("lists-deep.html", "lists 5,000 deep", _beside("<ul><li>" * 5000)),
    _case("tables-deep.html", "tables 2,000 deep", _beside("<table><tr><td>" * 2000, "</table>" * 2000), "no-table"),
    _case("tags-open.html", "tags that nothing closes", _beside("<b <i <u " * 5000)),
    _case("script.html", "a script", _beside("<script>while(true){}</script>")),
    _case("entities.html", "letters that do not exist", _beside("&#1114112; &#0; &#xD800; &bogus; &amp;amp;")),
    _case("laughs.xml", "a thousand million laughs", _beside(
        '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>")),
    _case("columns.html", "a cell over a thousand million columns", _beside(
        "<table><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>")),
    _case("latex-open.md", "a formula that nothing closes", _beside("", "$$ \\frac{" * 3000)),
    _case("latex-deep.md", "fractions 2,000 deep", lambda: TABLE.replace(
        "Selesai / Masuk", "$" + "\\frac{" * 2000 + "a" + "}{b}" * 2000 + "$").encode()),
    _case("brackets-deep.txt", "a formula 3,000 brackets deep", lambda: TABLE.replace(
        "Selesai / Masuk", "(" * 3000 + "Selesai" + ")" * 3000 + " / Masuk").encode()),
    _case("pipes.md", "50,000 bars", _beside("|" * 50_000)),
    _case("quotes-deep.md", "quotations 5,000 deep", _beside(">" * 5000 + " kata")),
    _case("stars.md", "50,000 stars", _beside("*" * 50_000 + "kata" + "_" * 5000)),
    _case("too-large.txt", "a text of 3 MB", lambda: b"kata desa\n" * 300_000, "too-large"),
    _case("letter.txt", "a letter, no decree", lambda: b"Undangan rapat koordinasi.", "no-table"),
    _case("json.txt", "data", lambda: b'{"a": [1, 2, {"b": null}]}', "no-table"),
    _case("numbers.txt", "numbers only", lambda: b"1 2 3 4 5\n" * 1000, "no-table"),
)  # fmt: skip
