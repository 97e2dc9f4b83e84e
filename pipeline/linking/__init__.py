"""Linking: which indicators of different decrees are one.

>>> registry = Registry(load())
>>> registry.match("Nilai Survei Kepuasan Masyarakat (SKM) Kecamatan").target
'ikm'
"""

from pipeline.linking.cluster import Cluster, Entry, Named, cluster
from pipeline.linking.decisions import Conflict, Decision, DecisionError, Decisions, conflicts, load_decisions
from pipeline.linking.definitions import Basis, Definition, DefinitionError, Scope, load
from pipeline.linking.match import Answer, Candidate, Link, Query, Registry

__all__ = [
    "Answer",
    "Basis",
    "Candidate",
    "Cluster",
    "Conflict",
    "Decision",
    "DecisionError",
    "Decisions",
    "Definition",
    "DefinitionError",
    "Entry",
    "Link",
    "Named",
    "Query",
    "Registry",
    "Scope",
    "cluster",
    "conflicts",
    "load",
    "load_decisions",
]
