"""Audit: rules over linked decrees, what they find, and how indicators and documents score."""

from pipeline.audit.comparing import comparisons
from pipeline.audit.context import Case, Context, unread
from pipeline.audit.findings import SCOPES, audit, checks
from pipeline.audit.pages import rule_entry
from pipeline.audit.rulebook import Rule, rulebook
from pipeline.audit.scores import questions, scores
from pipeline.audit.smart import Judged, judge
from pipeline.audit.tasks import tasks

__all__ = [
    "SCOPES",
    "Case",
    "Context",
    "Judged",
    "Rule",
    "audit",
    "checks",
    "comparisons",
    "judge",
    "questions",
    "rule_entry",
    "rulebook",
    "scores",
    "tasks",
    "unread",
]
