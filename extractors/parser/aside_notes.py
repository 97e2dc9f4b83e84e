"""What the notes say on texts that an office file holds beside its printed text."""

from __future__ import annotations

from extractors.model.page import Aside, AsideReason

_MESSAGES = {
    AsideReason.DELETED: "The draft still holds proposed changes (naskah masih memuat usulan perubahan);"
    " deleted text is not read",
    AsideReason.HIDDEN: "Hidden text is not read",
    AsideReason.COMMENT: "A comment is not part of the text",
    AsideReason.FOOTNOTE: "A footnote is not part of the text above it",
    AsideReason.FIELD_CODE: "The code of a field is not part of the text",
    AsideReason.OLD_EQUATION: "An embedded object cannot be read",
    AsideReason.PICTURE: "A picture cannot be read",
    AsideReason.EXTERNAL: "Content that lies outside the document is not fetched",
    AsideReason.HIDDEN_CELLS: "Hidden cells are not read",
    AsideReason.MISSING_VALUE: "The file holds no calculated value for a formula",
}


def describe_aside(aside: Aside, quotation: str) -> str:
    """Return the message of the note that quotes a text set aside."""
    detail = f" ({aside.detail})" if aside.detail else ""
    return (
        f"{_MESSAGES[aside.reason]}{detail}: “{quotation}”"
        if quotation
        else f"{_MESSAGES[aside.reason]}{detail}."
    )
