"""The text of a paragraph: runs, fields, equations, tracked changes, signs, pictures, text boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.model.page import AsideReason, Block
from extractors.model.passage import EMPTY_PASSAGE, Passage, PrintedPlace
from extractors.word import pictures
from extractors.word.eq_fields import render_field
from extractors.word.equations import write_equation
from extractors.word.story import OpenField, Story
from extractors.word.symbol_font import decode_symbol, decode_symbols
from extractors.word.xml_names import MC, A, M, O, R, V, W

if TYPE_CHECKING:
    from extractors.model.office_address import WordAddress
    from extractors.office_package import Element

_NO_BREAK_HYPHEN, _TAB = "-", "\t"
_INSERTED = frozenset(f"{W}{name}" for name in ("ins", "moveTo"))
_DELETED = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_TRANSPARENT = _INSERTED | frozenset(
    f"{W}{name}"
    for name in "hyperlink smartTag sdt sdtContent customXml dir bdo ruby rt rubyBase subDoc".split()
)
"""Elements around runs that add nothing to the text."""
_MAX_SYMBOL_DIGITS = 6


@dataclass(slots=True)
class ParagraphText:
    """The lines of a paragraph as they are put together."""

    story: Story
    properties: Element | None
    """The paragraph's properties."""
    address: WordAddress
    open_line: list[str] = field(default_factory=list)
    """Texts of the line that is put together: a word may be spread over runs."""
    passages: list[Passage] = field(default_factory=list)
    """The lines that are complete, those without text left out."""
    tabbed_parts: list[tuple[Passage, ...]] = field(default_factory=list)
    """Of each line what stands between its tabs, the first part empty where it begins with one."""
    bold_flags: list[bool] = field(default_factory=list)
    """Of each run with text."""
    picture_blocks: list[Block] = field(default_factory=list)
    """What stands in its pictures."""
    page_break: bool = False

    @property
    def is_bold(self) -> bool:
        """Is every letter of it bold?"""
        return bool(self.bold_flags) and all(self.bold_flags)

    def close_line(self) -> None:
        """End the line, its white space folded."""
        segments = [" ".join(segment.split()) for segment in "".join(self.open_line).split(_TAB)]
        self.open_line.clear()
        place = PrintedPlace(address=self.address)
        printed = [Passage.from_text(segment, place) for segment in segments if segment]
        if printed:
            self.passages.append(Passage.join(" ", printed))
            self.tabbed_parts.append(tuple([EMPTY_PASSAGE] * (not segments[0]) + printed))

    def add_text(self, text: str, run_properties: Element | None = None) -> None:
        """Add a text at the end, in the code of a field, or aside where it is hidden."""
        if not text:
            return
        if self.story.in_field_code and self.story.fields_end:
            self.story.open_fields[-1].code += text
            self.story.open_fields[-1].loose_text += text
        elif self.story.styles.run_switch("vanish", run_properties, self.properties):
            self.story.set_aside(AsideReason.HIDDEN, text, self.address)
        else:
            self.open_line.append(text)
            if text.strip():
                self.bold_flags.append(self.story.styles.run_switch("b", run_properties, self.properties))


def read_paragraph(story: Story, paragraph: Element, address: WordAddress) -> ParagraphText:
    """Return the text of a paragraph; what is not printed goes aside, text boxes wait in the story."""
    text = ParagraphText(story, paragraph.find(f"{W}pPr"), address)
    _read_children(text, paragraph)
    text.close_line()
    return text


def _read_children(text: ParagraphText, element: Element) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            _read_run(text, child)
        elif tag in _TRANSPARENT:
            _read_children(text, child)
        elif tag in _DELETED:
            _set_aside_deleted(text, child)
        elif tag == f"{W}fldSimple":
            _read_simple_field(text, child)
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            _read_equation(text, child)
        elif tag == f"{MC}AlternateContent":
            _read_alternative(text, child, None)


def _set_aside_deleted(text: ParagraphText, element: Element) -> None:
    deleted = "".join(node.text or "" for node in element.iter(f"{W}delText", f"{W}t", f"{M}t"))
    text.story.set_aside(AsideReason.DELETED, deleted, text.address, element.get(f"{W}author", ""))


def _read_simple_field(text: ParagraphText, element: Element) -> None:
    result = render_field(element.get(f"{W}instr", ""))
    if result is None:
        _read_children(text, element)
    else:
        text.add_text(f" {result} ")


def _read_equation(text: ParagraphText, element: Element) -> None:
    for deleted in element.iter(*_DELETED):
        _set_aside_deleted(text, deleted)
    for number, equation in enumerate(
        [element] if element.tag == f"{M}oMath" else element.findall(f"{M}oMath")
    ):
        if number:
            text.close_line()
        text.add_text(f" {write_equation(equation)} ")


def _read_alternative(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    """Read one of the forms in which an object is kept: the first with something to read."""
    branches = [*element.findall(f"{MC}Choice"), *element.findall(f"{MC}Fallback")]
    chosen = next((branch for branch in branches if _has_content(branch)), None)
    if chosen is None:
        return
    for child in chosen:
        if child.tag in _RUN_READERS:
            _RUN_READERS[child.tag](text, child, run_properties)
        elif child.tag == f"{W}r":
            _read_run(text, child)


def _has_content(branch: Element) -> bool:
    return any(True for _ in branch.iter(f"{W}t", f"{W}tab", f"{W}sym", f"{M}t", f"{A}blip", f"{V}imagedata"))


def _read_run(text: ParagraphText, run: Element) -> None:
    run_properties = run.find(f"{W}rPr")
    for child in run:
        reader = _RUN_READERS.get(child.tag)
        if reader is not None:
            reader(text, child, run_properties)


def _read_text(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    font_node = run_properties.find(f"{W}rFonts") if run_properties is not None else None
    font = font_node.get(f"{W}ascii", "Symbol") if font_node is not None else "Symbol"
    text.add_text(decode_symbols(element.text or "", font), run_properties)


def _read_deleted_text(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    text.story.set_aside(AsideReason.DELETED, element.text or "", text.address)


def _read_symbol(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    code = element.get(f"{W}char", "")
    try:
        number = int(code[:_MAX_SYMBOL_DIGITS], 16)
    except ValueError:
        return
    text.add_text(decode_symbol(number, element.get(f"{W}font", "Symbol")), run_properties)


def _read_break(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    if element.get(f"{W}type") == "page":
        text.page_break = True
    if text.story.in_field_code:
        text.story.open_fields[-1].code += " "
    else:
        text.close_line()


def _read_tab(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    text.add_text(_TAB, run_properties)


def _read_hyphen(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    text.add_text(_NO_BREAK_HYPHEN, run_properties)


def _read_field_code(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    if text.story.in_field_code:
        text.story.open_fields[-1].code += element.text or ""


def _read_field_mark(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    """Begin a field, its result, or end it; fields whose result Word draws from the code are rendered."""
    open_fields, kind = text.story.open_fields, element.get(f"{W}fldCharType")
    if kind == "begin":
        open_fields.append(OpenField())
        return
    if not open_fields:
        return
    if kind == "separate":
        if (result := render_field(open_fields[-1].code)) is None:
            _set_aside_loose_text(text, open_fields[-1])
            open_fields[-1].has_result = True
        else:
            open_fields[-1].code, open_fields[-1].loose_text = "", ""
            _add_rendered(text, result, run_properties, open_fields[-1])
    elif kind == "end":
        ended_field = open_fields.pop()
        if ended_field.has_result:
            return
        result = render_field(ended_field.code)
        if result is None:
            _set_aside_loose_text(text, ended_field)
        else:
            text.add_text(f" {result} ", run_properties)


def _add_rendered(
    text: ParagraphText, result: str, run_properties: Element | None, open_field: OpenField
) -> None:
    """Print what a code draws, and what a program stored as its result behind it as well."""
    text.story.open_fields.pop()
    text.add_text(f" {result} ", run_properties)
    open_field.has_result = True
    text.story.open_fields.append(open_field)


def _set_aside_loose_text(text: ParagraphText, open_field: OpenField) -> None:
    text.story.set_aside(AsideReason.FIELD_CODE, open_field.loose_text, text.address)


def _read_drawing(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    """Keep the text boxes of a drawing or an old picture, and read its pictures of text."""
    boxes = [box for box in element.iter(f"{W}txbxContent") if not _is_inside_box(box, element)]
    text.story.text_boxes += boxes
    text.picture_blocks += pictures.read_pictures(text.story, element, text.address)


def _is_inside_box(box: Element, top: Element) -> bool:
    """Return whether a text box lies in another, or in the fallback of one that is read."""
    parent = box.getparent()
    while parent is not None and parent is not top:
        if parent.tag == f"{W}txbxContent":
            return True
        if parent.tag == f"{MC}Fallback" and _has_content(parent.getparent()[0]):  # type: ignore[index]
            return True
        parent = parent.getparent()
    return False


def _read_object(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    """Read an embedded object: old equations cannot be read, but their preview perhaps can."""
    _read_drawing(text, element, run_properties)
    ole = next(element.iter(f"{O}OLEObject"), None)
    program = ole.get("ProgID", "") if ole is not None else ""
    if program:
        text.story.set_aside(AsideReason.OLD_EQUATION, "", text.address, program)


def _read_contained_alternative(
    text: ParagraphText, element: Element, run_properties: Element | None
) -> None:
    _read_alternative(text, element, run_properties)


def _read_external_part(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    relation = text.story.relationships.get(element.get(f"{R}id", ""))
    text.story.set_aside(AsideReason.EXTERNAL, "", text.address, relation.target if relation else "altChunk")


def _read_annotated(text: ParagraphText, element: Element, run_properties: Element | None) -> None:
    _read_children(text, element)


_RunReader = Callable[[ParagraphText, "Element", "Element | None"], None]
_RUN_READERS: dict[str, _RunReader] = {
    f"{W}t": _read_text,
    f"{W}delText": _read_deleted_text,
    f"{W}sym": _read_symbol,
    f"{W}br": _read_break,
    f"{W}cr": _read_break,
    f"{W}tab": _read_tab,
    f"{W}ptab": _read_tab,
    f"{W}noBreakHyphen": _read_hyphen,
    f"{W}instrText": _read_field_code,
    f"{W}fldChar": _read_field_mark,
    f"{W}drawing": _read_drawing,
    f"{W}pict": _read_drawing,
    f"{W}object": _read_object,
    f"{MC}AlternateContent": _read_contained_alternative,
    f"{W}altChunk": _read_external_part,
    f"{W}ruby": _read_annotated,
}
