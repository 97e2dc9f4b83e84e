"""Linking: which indicators of different decrees are one.

>>> registry = Registry(load())
>>> registry.match("Nilai Survei Kepuasan Masyarakat (SKM) Kecamatan").target
'ikm'
"""

from pipeline.linking.clustering import Cluster, NamedMention, PlainMention, cluster
from pipeline.linking.decisions import (
    Decision,
    DecisionConflict,
    DecisionError,
    DecisionReplay,
    find_conflicts,
    load_decisions,
)
from pipeline.linking.definitions import (
    Definition,
    DefinitionBasis,
    DefinitionError,
    DefinitionScope,
    load_definitions,
)
from pipeline.linking.registry import Candidate, Link, Match, NameQuery, Registry

__all__ = [
    "Candidate",
    "Cluster",
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "DecisionReplay",
    "Definition",
    "DefinitionBasis",
    "DefinitionError",
    "DefinitionScope",
    "Link",
    "Match",
    "NameQuery",
    "NamedMention",
    "PlainMention",
    "Registry",
    "cluster",
    "find_conflicts",
    "load_decisions",
    "load_definitions",
]
