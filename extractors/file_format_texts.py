"""Names of the formats that are not read, and what to do, in the users' languages."""

from __future__ import annotations

from extractors.knowledge.yaml_loader import TableModel


class BilingualText(TableModel):
    """A text in Indonesian and English."""

    id: str
    en: str

    def in_both(self) -> str:
        """Return the Indonesian text with the English one behind it."""
        return f"{self.id} ({self.en})"


class FormatText(TableModel):
    """What a format is called, and what to do with a file of it."""

    name: BilingualText
    remedy: BilingualText


class FormatTexts(TableModel):
    """The table ``file_formats.yaml``."""

    sentence: BilingualText
    formats: dict[str, FormatText]

    def describe(self, file_format: str) -> str:
        """Return the sentence that names the format."""
        name = self.formats[file_format].name
        return BilingualText(
            id=self.sentence.id.format(name=name.id), en=self.sentence.en.format(name=name.en)
        ).in_both()

    def remedy(self, file_format: str) -> str:
        """Return what to do with a file of the format."""
        return self.formats[file_format].remedy.in_both()
