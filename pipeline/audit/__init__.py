"""Audit: rules over linked decrees, and what they find."""

from pipeline.audit.context import Case, Context
from pipeline.audit.findings import audit, checks
from pipeline.audit.rulebook import Rule, rulebook

__all__ = ["Case", "Context", "Rule", "audit", "checks", "rulebook"]
