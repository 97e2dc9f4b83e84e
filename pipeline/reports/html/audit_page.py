"""The page ``audit.html``: a single file that makes no network request and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.models.findings import SMART_CRITERIA
from pipeline.reports.comparison_view import group_comparisons, task_rows
from pipeline.reports.date_format import format_date
from pipeline.reports.html import charts
from pipeline.reports.html.mathml import typeset_formula
from pipeline.reports.html.page_data import PageData, embed_pictures
from pipeline.reports.html.source_excerpts import Originals
from pipeline.reports.html.string_table import clip_text
from pipeline.reports.location_text import describe_location
from pipeline.reports.regency_filter import list_regencies
from pipeline.reports.report_labels import fill_label, value_label
from pipeline.reports.report_phrases import describe_basis
from pipeline.reports.view_model import FAMILIES, SEVERITIES, ReportModel

if TYPE_CHECKING:
    from pipeline.models.catalogue import Wording

MAX_PAGE_BYTES = 14_000_000
"""Largest size of the page; pictures take what the rest leaves, up to ``MAX_PICTURE_BYTES``."""
MAX_PICTURE_BYTES = 9_000_000
MAX_PLAIN_CHARACTERS = 1_500_000
"""Characters of the findings that are repeated as plain HTML, for readers without JavaScript."""
SCRIPTS = (
    "core.js",
    "grid.js",
    "rules.js",
    "detail.js",
    "findings.js",
    "between.js",
    "sheets.js",
    "start.js",
)
STYLES = ("base.css", "parts.css", "print.css")
CSP_TEMPLATE = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def render_page(content: ReportModel, originals: Originals | None = None) -> bytes:
    """Return the page: the same bytes for the same catalogue and files."""
    data = PageData(content, originals or Originals())
    payload = data.to_dict()
    values = _template_values(content, data)
    template = _jinja_environment().get_template("page.html.j2")
    length = len(template.render(**values, data=_script_json(payload), pictures=(0, 0)).encode())
    budget = min(MAX_PICTURE_BYTES, max(0, MAX_PAGE_BYTES - length)) * 3 // 4  # base64 needs 4 bytes for 3
    pictures = embed_pictures(payload, data.originals.cut_crops(data.views.ranked_spots(), budget))
    return template.render(**values, data=_script_json(payload), pictures=pictures).encode()


def _template_values(content: ReportModel, data: PageData) -> dict[str, Any]:
    script, style = _read_assets(SCRIPTS), _read_assets(STYLES)
    plain, length = [], 0
    for finding in content.catalogue.findings:
        length += 500 + len(clip_text(finding.message.id)) + len(clip_text(finding.place.quote))
        if length > MAX_PLAIN_CHARACTERS:
            break
        plain.append(finding)
    return {
        "content": content,
        "csp": CSP_TEMPLATE.format(script=_csp_hash(script), style=_csp_hash(style)),
        "script": Markup(f"<script>{script}</script>"),
        "style": Markup(f"<style>{style}</style>"),
        "formulas": data.formulas,
        "criteria": SMART_CRITERIA,
        "plots": charts,
        "plain": plain,
        "regencies": list_regencies(content.catalogue),
        "compared": group_comparisons(content),
        "tasks": task_rows(content),
        "families": FAMILIES,
        "severities": SEVERITIES,
    }


def _read_assets(names: tuple[str, ...]) -> str:
    folder = files("pipeline.reports.html") / "assets"
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _csp_hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"sha256-{digest}"


def _script_json(data: dict[str, Any]) -> Markup:
    """Return data as JSON for a script block; characters that could end the block are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=lambda _: None)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _label_html(key: str, **values: object) -> Markup:
    return _wording_html(fill_label(key, **values))


def _value_label_html(prefix: str, value: str) -> Markup:
    return _wording_html(value_label(prefix, value))


def _wording_html(wording: Wording) -> Markup:
    """Return the markup of a text in both languages; the page shows one of them."""
    if wording.id == wording.en:
        return escape(wording.id)
    markup = Markup('<span class="t" lang="id">{}</span><span class="t" lang="en">{}</span>')
    return markup.format(clip_text(wording.id), clip_text(wording.en))


@cache
def _jinja_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=_label_html,
        known=_value_label_html,
        w=_wording_html,
        typeset=typeset_formula,
        worded=describe_location,
    )
    environment.globals.update(basis_told=describe_basis, day_told=format_date)
    environment.filters.update(clipped=clip_text, zip=zip)
    return environment
