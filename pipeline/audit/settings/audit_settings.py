"""The settings of the audit, ``audit.yaml``: which rules count, how grave they are, what is accepted.

They are applied to the findings of a build and change nothing else: scores hold what the rules found.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import Field, ValidationError

from extractors.errors import ConfigError
from pipeline.audit.grouping.finding_groups import group_findings
from pipeline.audit.rulebook.rule_pages import rule_entry
from pipeline.audit.rulebook.rule_registry import load_rulebook
from pipeline.linking.definitions import StrictYamlModel, format_validation_error
from pipeline.models.findings import Severity, Waived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.models.catalogue import Catalogue
    from pipeline.models.findings import Finding

SETTINGS_FILE = "audit.yaml"
"""Its usual name, beside a catalogue or in the working folder."""
FAMILY_LETTERS = "FKISO"


class SettingsError(ConfigError):
    """Settings that cannot be used; the message names file and line."""


class Waiver(StrictYamlModel):
    """One finding that is known and accepted, until its text changes."""

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """The finding's, which changes with the text that it is about."""
    code: str
    """Code of its rule."""
    of: Annotated[str, Field(min_length=1)]
    """Whose decree and which place, for readers of the file."""
    reason: Annotated[str, Field(min_length=1)]
    """Why it is accepted."""
    who: Annotated[str, Field(min_length=1)]
    """Who accepted it."""
    when: date
    """Day on which it was accepted."""
    until: date | None = None
    """Last day on which it holds; null: until the text changes."""


class AuditSettings(StrictYamlModel):
    """All settings; a code is a rule's (``F003``) or a family's letter (``F``)."""

    select: tuple[str, ...] = ()
    """Only these rules; empty: all."""
    ignore: tuple[str, ...] = ()
    """These not, even where they are selected."""
    severity: dict[str, Severity] = Field(default_factory=dict)
    """Other grades; a rule's own entry goes before its family's."""
    waivers: tuple[Waiver, ...] = ()
    """What is accepted."""

    def is_reported(self, code: str) -> bool:
        """Whether findings of a rule are reported at all."""
        return (not self.select or _names_rule(code, self.select)) and not _names_rule(code, self.ignore)

    def severity_for(self, code: str) -> Severity | None:
        """The grade that the settings give a rule; None where its own holds."""
        return self.severity.get(code) or self.severity.get(code[0])


def _names_rule(code: str, entries: Iterable[str]) -> bool:
    return code in entries or code[0] in entries


def apply_settings(catalogue: Catalogue, settings: AuditSettings, today: date) -> Catalogue:
    """The catalogue with its findings chosen, graded and waived as the settings say.

    ``today`` decides which waivers with a last day still hold; nothing else depends on it.
    """
    waivers = {(w.code, w.fingerprint): w for w in settings.waivers if w.until is None or today <= w.until}
    findings = [
        finding.model_copy(
            update={
                "severity": settings.severity_for(finding.code) or finding.severity,
                "waived": _waived_entry(waivers.get((finding.code, finding.fingerprint))),
            }
        )
        for finding in catalogue.findings
        if settings.is_reported(finding.code)
    ]
    rules = [rule_entry(code) for code in sorted({finding.code for finding in findings})]
    groups = group_findings(catalogue.documents, findings)
    return catalogue.model_copy(update={"findings": findings, "finding_groups": groups, "rules": rules})


def _waived_entry(waiver: Waiver | None) -> Waived | None:
    if waiver is None:
        return None
    until = waiver.until.isoformat() if waiver.until else None
    return Waived(reason=waiver.reason, who=waiver.who, when=waiver.when.isoformat(), until=until)


def find_unused_waivers(settings: AuditSettings, findings: Iterable[Finding]) -> tuple[Waiver, ...]:
    """Waivers that no finding of a build meets: mended, changed, or of decrees that are not there."""
    finding_keys = {(finding.code, finding.fingerprint) for finding in findings}
    return tuple(w for w in settings.waivers if (w.code, w.fingerprint) not in finding_keys)


def describe_settings(file: str, settings: AuditSettings, waived: int, unused: int) -> str:
    """Which settings are in force, in a line: ``left`` of the waivers fit no finding."""
    usage = f"{len(settings.waivers)} waivers, {waived} in use" if settings.waivers else "no waivers"
    unused_text = f"; {unused} fit no finding of these decrees" if unused else ""
    return f"Settings of the audit: {file} ({usage}{unused_text})."


def load_settings(file: Path) -> AuditSettings:
    """The settings of a file. Raises ``SettingsError``, which names the line."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file.name}: cannot be read: {error}") from error
    return read_settings(text, file.name)


def read_settings(text: str, file: str) -> AuditSettings:
    """The settings of a YAML text; ``file`` names it in errors."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        fields = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise SettingsError(f"{file}, line {line}: is no YAML: {getattr(error, 'problem', error)}") from error
    except ValueError as error:  # a date that no calendar has
        raise SettingsError(f"{file}: {error}") from error
    except RecursionError:
        raise SettingsError(f"{file}: nested deeper than any use") from None
    if not isinstance(fields, dict):
        raise SettingsError(f"{file}, line 1: needs select, ignore, severity or waivers")
    _refuse_duplicate_keys(root, file)
    for line, code in _codes_with_lines(root):
        if code not in load_rulebook() and not (len(code) == 1 and code in FAMILY_LETTERS):
            raise SettingsError(f"{file}, line {line}: no rule has the code {code!r} (see `iku rules`)")
    try:
        return AuditSettings.model_validate(
            {key: value for key, value in fields.items() if value is not None}
        )
    except ValidationError as error:
        line = _line_of_path(root, error.errors()[0]["loc"])
        raise SettingsError(f"{file}, line {line}: {format_validation_error(error)}") from error


def _refuse_duplicate_keys(root: Any, file: str) -> None:
    """No key twice: YAML would silently take the last."""
    keys: set[str] = set()
    for key, _ in _mapping_entries(root):
        if key.value in keys:
            raise SettingsError(f"{file}, line {key.start_mark.line + 1}: {key.value!r} stands twice")
        keys.add(key.value)


def _mapping_entries(node: Any) -> list[tuple[Any, Any]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _codes_with_lines(root: Any) -> Iterator[tuple[int, str]]:
    """Every code that the settings name, with its line."""
    for key, value in _mapping_entries(root):
        if key.value in ("select", "ignore") and isinstance(value, yaml.SequenceNode):
            yield from ((item.start_mark.line + 1, str(item.value)) for item in value.value)
        if key.value == "severity":
            yield from ((code.start_mark.line + 1, str(code.value)) for code, _ in _mapping_entries(value))
        if key.value == "waivers" and isinstance(value, yaml.SequenceNode):
            for item in value.value:
                yield from (
                    (v.start_mark.line + 1, str(v.value))
                    for k, v in _mapping_entries(item)
                    if k.value == "code"
                )


def _line_of_path(root: Any, path: tuple[int | str, ...]) -> int:
    """The line of the deepest part of a path that stands in the text."""
    node = root
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == str(step)), None) or node
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return int(node.start_mark.line) + 1 if node is not None else 1
