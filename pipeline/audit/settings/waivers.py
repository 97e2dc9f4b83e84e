"""Writing a waiver down: appended to the settings, what stands there is never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from filelock import FileLock

from pipeline.atomic_write import write_atomically
from pipeline.audit.settings.audit_settings import SettingsError, Waiver, read_settings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pipeline.models.catalogue import Catalogue
    from pipeline.models.findings import Finding

_SETTINGS_HEADER = (
    "# Settings of the audit: select, ignore, severity, waivers. `iku waive` appends to the last.\nwaivers:\n"
)


def build_waiver(
    catalogue: Catalogue, finding: Finding, reason: str, who: str, when: date, until: date | None = None
) -> Waiver:
    """The waiver of a finding of a catalogue."""
    names = {document.id: document.kecamatan or document.name for document in catalogue.documents}
    description = f"{names.get(finding.place.document, finding.place.document)} {finding.place.pointer}"
    return Waiver(
        fingerprint=finding.fingerprint,
        code=finding.code,
        of=description,
        reason=reason,
        who=who,
        when=when,
        until=until,
    )


def append_waiver(file: Path, new_waiver: Waiver) -> None:
    """Add a waiver to the settings, made if they do not exist: whole, or not at all.

    Raises:
        SettingsError: the file cannot be used, its waivers are not its last part, or one of them accepts
            the finding already; nothing was written.
        OSError: it cannot be written; it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock")):
        old_text = file.read_text("utf-8") if file.exists() else _SETTINGS_HEADER
        settings = read_settings(old_text, file.name)
        earlier_waiver = next(
            (
                w
                for w in settings.waivers
                if (w.code, w.fingerprint) == (new_waiver.code, new_waiver.fingerprint)
            ),
            None,
        )
        if earlier_waiver is not None and (
            earlier_waiver.until is None or earlier_waiver.until >= new_waiver.when
        ):
            raise SettingsError(
                f"{file.name}: {new_waiver.of} is already accepted by "
                f"{earlier_waiver.who}, {earlier_waiver.when}: {earlier_waiver.reason}"
            )
        new_text = _add_waiver_line(old_text, new_waiver)
        try:
            reread_settings = read_settings(new_text, file.name)
        except SettingsError as error:
            raise SettingsError(f"{file.name}: a waiver cannot be appended: {error}") from None
        if reread_settings != settings.model_copy(update={"waivers": (*settings.waivers, new_waiver)}):
            raise SettingsError(
                f"{file.name}: a waiver cannot be appended: waivers must be the file's last part"
            )
        write_atomically({file: new_text})


def _add_waiver_line(text: str, new_waiver: Waiver) -> str:
    """The text with a waiver as the last entry of its list, in one line."""
    if "waivers: []" in text:
        text = text.replace("waivers: []", "waivers:", 1)
    elif not any(line.startswith("waivers:") for line in text.splitlines()):
        text = f"{text.rstrip()}\nwaivers:\n"
    dashes = [line for line in text.partition("\nwaivers:")[2].splitlines() if line.lstrip().startswith("- ")]
    indent = len(dashes[-1]) - len(dashes[-1].lstrip()) if dashes else 2
    fields = json.dumps(new_waiver.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
    line = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in fields)
    return f"{text.rstrip()}\n{' ' * indent}- {line}\n"
