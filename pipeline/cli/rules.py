"""``iku rules`` and ``iku explain``: what the audit looks for, rule by rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG

if TYPE_CHECKING:
    from pipeline.assessment import RuleEntry

FAMILIES = ("F", "K", "I", "S", "O")


class _Family(click.Choice[str]):
    """A letter in either case, told in the case of the codes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The letter as a capital."""
        return super().convert(value.upper() if isinstance(value, str) else value, param, ctx)


@click.command(epilog=EPILOG, short_help="All audit rules, or those of a family.")
@click.option(
    "--family",
    type=_Family(FAMILIES),
    multiple=True,
    help="F formulas, K consistency, I identities, S structure and content, O suspected OCR damage. "
    "May be given several times.",
)
@options.form("text: a line a rule; json: the whole pages. Both on standard output.")
@options.language("of the texts")
def rules(family: tuple[str, ...], form: str, language: str) -> None:
    """List the rules of the audit: code, gravest severity, what it needs to know, title."""
    from pipeline.audit import rule_entry, rulebook

    wanted = set(family or FAMILIES)
    found = [rule_entry(code) for code in sorted(rulebook()) if code[0] in wanted]
    if form == "json":
        rows = [entry.model_dump(mode="json") for entry in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2).encode())
        return
    for entry in found:
        title = getattr(entry.title, language)
        click.echo(f"{entry.code}  {entry.severities[0]:<8} {entry.scope:<9} {title}".encode())


@click.command(epilog=EPILOG, short_help="The page of an audit rule.")
@click.argument("code", metavar="CODE")
@options.form("All on standard output.", "text", "markdown", "json")
@options.language("of the texts")
def explain(code: str, form: str, language: str) -> None:
    """Explain the rule CODE (F003, say): what it looks for, why, its limits, an example, what to do."""
    from pipeline.audit import rule_entry, rulebook
    from pipeline.audit.ruledoc import page

    known = rulebook()
    if code.upper() not in known:
        near = [other for other in sorted(known) if other[0] == code[:1].upper()]
        hint = f" Rules of that family: {near[0]} to {near[-1]}." if near else " See `iku rules`."
        raise click.UsageError(f"No rule has the code {code!r}.{hint}")
    entry: RuleEntry = rule_entry(code.upper())
    if form == "json":
        click.echo(json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, indent=2).encode())
    else:
        click.echo(page(entry, language, markdown=form == "markdown").encode(), nl=False)
