"""Audit: rules over linked decrees, what they find, and how indicators and documents score."""

from pipeline.audit.comparisons import build_comparisons
from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator, unread_spans
from pipeline.audit.rulebook.rule_pages import rule_entry
from pipeline.audit.rulebook.rule_registry import Rule, load_rulebook
from pipeline.audit.rules.structure.statutory_tasks import match_tasks
from pipeline.audit.run_rules import SCOPES, audit_decrees, load_checks
from pipeline.audit.scoring.document_scores import load_questions, score_document
from pipeline.audit.scoring.smart_criteria import IndicatorJudgements, judge_indicators

__all__ = [
    "SCOPES",
    "AuditContext",
    "AuditedIndicator",
    "IndicatorJudgements",
    "Rule",
    "audit_decrees",
    "build_comparisons",
    "judge_indicators",
    "load_checks",
    "load_questions",
    "load_rulebook",
    "match_tasks",
    "rule_entry",
    "score_document",
    "unread_spans",
]
