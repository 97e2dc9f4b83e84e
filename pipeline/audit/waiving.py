"""Writing a waiver down: appended to the settings, what stands there is never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from filelock import FileLock

from pipeline.audit.settings import SettingsError, Waiver, read_settings
from pipeline.whole import write_whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pipeline.assessment import Finding
    from pipeline.catalogue import Catalogue

_HEAD = """# Settings of the audit: select, ignore, severity, waivers. `iku waive` appends to the last.
waivers:
"""


def waiver(
    catalogue: Catalogue, finding: Finding, reason: str, who: str, when: date, until: date | None = None
) -> Waiver:
    """The waiver of a finding of a catalogue."""
    names = {document.id: document.kecamatan or document.name for document in catalogue.documents}
    of = f"{names.get(finding.place.document, finding.place.document)} {finding.place.pointer}"
    return Waiver(
        fingerprint=finding.fingerprint,
        code=finding.code,
        of=of,
        reason=reason,
        who=who,
        when=when,
        until=until,
    )


def append(file: Path, made: Waiver) -> None:
    """Add a waiver to the settings, made if they do not exist: whole, or not at all.

    Raises:
        SettingsError: the file cannot be used, its waivers are not its last part, or one of them accepts
            the finding already; nothing was written.
        OSError: it cannot be written; it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock")):
        before = file.read_text("utf-8") if file.exists() else _HEAD
        known = read_settings(before, file.name)
        held = next(
            (w for w in known.waivers if (w.code, w.fingerprint) == (made.code, made.fingerprint)), None
        )
        if held is not None and (held.until is None or held.until >= made.when):
            raise SettingsError(
                f"{file.name}: {made.of} is already accepted by {held.who}, {held.when}: {held.reason}"
            )
        after = _with(before, made)
        try:
            found = read_settings(after, file.name)
        except SettingsError as error:
            raise SettingsError(f"{file.name}: a waiver cannot be appended: {error}") from None
        if found != known.model_copy(update={"waivers": (*known.waivers, made)}):
            raise SettingsError(
                f"{file.name}: a waiver cannot be appended: waivers must be the file's last part"
            )
        write_whole({file: after})


def _with(text: str, made: Waiver) -> str:
    """The text with a waiver as the last entry of its list, in one line."""
    if "waivers: []" in text:
        text = text.replace("waivers: []", "waivers:", 1)
    elif not any(line.startswith("waivers:") for line in text.splitlines()):
        text = f"{text.rstrip()}\nwaivers:\n"
    dashes = [line for line in text.partition("\nwaivers:")[2].splitlines() if line.lstrip().startswith("- ")]
    indent = len(dashes[-1]) - len(dashes[-1].lstrip()) if dashes else 2
    fields = json.dumps(made.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
    line = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in fields)
    return f"{text.rstrip()}\n{' ' * indent}- {line}\n"
