"""``iku rules`` and ``iku explain``: what the audit looks for, rule by rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.support import command_options
from pipeline.cli.support.exit_codes import EPILOG

if TYPE_CHECKING:
    from pipeline.models.findings import RuleEntry

RULE_FAMILIES = ("F", "K", "I", "S", "O")


class _FamilyChoice(click.Choice[str]):
    """A letter in upper or lower case."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the letter in upper case."""
        return super().convert(value.upper() if isinstance(value, str) else value, param, ctx)


@click.command(epilog=EPILOG, short_help="All audit rules, or those of a family.")
@click.option(
    "--family",
    type=_FamilyChoice(RULE_FAMILIES),
    multiple=True,
    help="F formulas, K consistency, I identities, S structure and content, O suspected OCR damage. "
    "May be given several times.",
)
@command_options.format_option("text: one line per rule; json: the complete pages. Both on standard output.")
@command_options.language_option("of the texts")
def rules(family: tuple[str, ...], form: str, language: str) -> None:
    """List the rules of the audit: code, highest severity, scope, title."""
    from pipeline.audit import load_rulebook, rule_entry

    families = set(family or RULE_FAMILIES)
    entries = [rule_entry(code) for code in sorted(load_rulebook()) if code[0] in families]
    if form == "json":
        rows = [entry.model_dump(mode="json") for entry in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2).encode())
        return
    for entry in entries:
        title = getattr(entry.title, language)
        click.echo(f"{entry.code}  {entry.severities[0]:<8} {entry.scope:<9} {title}".encode())


@click.command(epilog=EPILOG, short_help="The page of an audit rule.")
@click.argument("code", metavar="CODE")
@command_options.format_option("All on standard output.", "text", "markdown", "json")
@command_options.language_option("of the texts")
def explain(code: str, form: str, language: str) -> None:
    """Explain the rule CODE (F003, say): what it looks for, why, its limits, an example, what to do."""
    from pipeline.audit import load_rulebook, rule_entry
    from pipeline.audit.rulebook.rule_markdown import format_rule_page

    rules_by_code = load_rulebook()
    if code.upper() not in rules_by_code:
        family_codes = [rule_code for rule_code in sorted(rules_by_code) if rule_code[0] == code[:1].upper()]
        hint = (
            f" Rules of that family: {family_codes[0]} to {family_codes[-1]}."
            if family_codes
            else " See `iku rules`."
        )
        raise click.UsageError(f"No rule has the code {code!r}.{hint}")
    entry: RuleEntry = rule_entry(code.upper())
    if form == "json":
        click.echo(json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, indent=2).encode())
    else:
        click.echo(format_rule_page(entry, language, markdown=form == "markdown").encode(), nl=False)
