"""PDFs with more in them than pages: scripts, forms, attachments, notes, outlines. None of it costs a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf, packed

if TYPE_CHECKING:
    from collections.abc import Callable

TWO = 2 * INDICATORS


def _catalogue(entries: bytes, *objects: bytes) -> Callable[[], bytes]:
    """Return two pages; ``objects`` are numbered from 20."""

    def make() -> bytes:
        document = Pdf(catalogue=entries)
        document.page()
        document.page()
        document.objects.update(enumerate(objects, 20))
        return document.bytes()

    return make


def _page(entries: bytes, *objects: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        document = Pdf()
        document.page()
        document.page(None, b"", entries)
        document.objects.update(enumerate(objects, 20))
        return document.bytes()

    return make


def _annotations(count: int) -> bytes:
    document = Pdf()
    document.page()
    link = b"<</Type/Annot/Subtype/Link/Rect[10 10 20 20]/Border[0 0 0]>>"
    document.page(None, b"", b"/Annots[%s]" % (link * count))
    return document.bytes()


def _field(value: bytes) -> Callable[[], bytes]:
    """Return a form with one field, typed into, on the second page."""
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(camat)/V %s/Rect[600 20 800 40]/DA(/F 9 Tf 0 g)/F 4>>" % value
    )

    def make() -> bytes:
        document = Pdf(catalogue=b"/AcroForm<</Fields[20 0 R]/NeedAppearances true/DR<</Font<</F 3 0 R>>>>>>")
        document.page()
        document.page(None, b"", b"/Annots[20 0 R]")
        document.objects[20] = field
        return document.bytes()

    return make


_LOOP = packed(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 21 0 R>>>>")
_STAMP = b"<</Type/Annot/Subtype/Stamp/Rect[10 10 60 60]/F 4/AP<</N 21 0 R>>>>"


def _case(name: str, why: str, make: Callable[[], bytes]) -> Case:
    return Case(f"extras-{name}.pdf", "ok", why, make, indicators=TWO)


CASES = (
    _case("script", "a script that runs at opening", _catalogue(
        b"/OpenAction<</S/JavaScript/JS(while(true){app.alert\\('x'\\);})>>")),
    _case("launch", "starts a program at opening", _catalogue(b"/OpenAction<</S/Launch/F(cmd.exe)>>")),
    _case("attachment", "a program attached", _catalogue(
        b"/Names<</EmbeddedFiles<</Names[(a.exe)20 0 R]>>>>",
        b"<</Type/Filespec/F(a.exe)/EF<</F 21 0 R>>>>", packed(b"MZ" + bytes(5000), b"/Type/EmbeddedFile"))),
    _case("xfa", "a form of the kind that needs its maker's viewer", _catalogue(
        b"/AcroForm<</XFA 20 0 R/Fields[]>>", packed(b"<xdp:xdp><template><subform/></template></xdp:xdp>"))),
    _case("names-loop", "a tree of names that is its own branch", _catalogue(
        b"/Names<</Dests 20 0 R/EmbeddedFiles 20 0 R>>", b"<</Kids[20 0 R]>>")),
    _case("outline-loop", "a table of contents whose next line is the same", _catalogue(
        b"/Outlines 20 0 R", b"<</First 21 0 R/Last 21 0 R/Count 99>>",
        b"<</Title(Bab)/Parent 20 0 R/Next 21 0 R/First 21 0 R/Last 21 0 R>>")),
    _case("labels-loop", "page numbers that are their own branch", _catalogue(
        b"/PageLabels 20 0 R", b"<</Kids[20 0 R]>>")),
    _case("labels-endless", "page numbers of a form that does not exist", _catalogue(
        b"/PageLabels<</Nums[0<</S/Q/St -99999999>>]>>")),
    _case("structure-loop", "a tree of its text that is its own branch", _catalogue(
        b"/MarkInfo<</Marked true>>/StructTreeRoot 20 0 R",
        b"<</Type/StructTreeRoot/K 21 0 R/ParentTree 20 0 R>>", b"<</S/P/K[21 0 R 21 0 R]/P 20 0 R>>")),
    _case("layers", "layers, one of them off", _catalogue(
        b"/OCProperties<</OCGs[20 0 R]/D<</OFF[20 0 R]/Order[20 0 R 20 0 R]>>>>", b"<</Type/OCG/Name(a)>>")),
    _case("collection", "a portfolio of other files", _catalogue(b"/Collection<</View/T>>")),
    _case("language", "a language that is no text", _catalogue(b"/Lang 42/Metadata 1 0 R/ViewerPreferences 7")),
    _case("articles-loop", "a thread of beads that ends in itself", _page(
        b"/B[20 0 R]", b"<</N 20 0 R/V 20 0 R/R[0 0 1 1]/P 7 0 R>>")),
    _case("thumbnail", "a preview that is no picture", _page(b"/Thumb 3 0 R")),
    _case("actions", "scripts when the page opens and closes", _page(b"/AA<</O<</S/JavaScript/JS(1)>>>>")),
    _case("annotations", "three thousand links", lambda: _annotations(3000)),
    _case("annotations-no-list", "notes that are a number", _page(b"/Annots 42")),
    _case("annotations-null", "notes that are nothing", _page(b"/Annots[null 99 0 R 3 0 R]")),
    _case("annotation-loop", "a stamp that is drawn with itself", _page(b"/Annots[20 0 R]", _STAMP, _LOOP)),
    _case("annotation-popup-loop", "a note whose note is the note", _page(
        b"/Annots[20 0 R]", b"<</Type/Annot/Subtype/Text/Popup 20 0 R/Parent 20 0 R/Rect[0 0 1 1]>>")),
    _case("field", "a form field, empty", _field(b"()")),
    _case("field-loop", "a form field that is its own child and parent", _catalogue(
        b"/AcroForm<</Fields[20 0 R]>>", b"<</T(a)/Kids[20 0 R]/Parent 20 0 R/FT/Tx>>")),
    _case("field-odd", "a form field filled in with a list", _field(b"[1 2 [3]]")),
)  # fmt: skip
