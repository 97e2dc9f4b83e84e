"""The stages of a build: what is not in the cache is given to the workers, stage after stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.engine.cache import make_key
from pipeline.engine.cache.fingerprint import CATALOGUE_SOURCES, compute_fingerprint
from pipeline.engine.executors import WorkerTask
from pipeline.engine.stages.read_job import to_json_bytes
from pipeline.engine.stages.read_stage import read_documents
from pipeline.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.engine.build_context import BuildContext, Facts
    from pipeline.engine.input_files import InputFile
    from pipeline.engine.stages.read_stage import DocumentRef

JOB_FUNCTIONS = {
    "link": "link_regency",
    "cluster": "cluster_mentions",
    "across": "audit_across_regencies",
    "part": "build_regency_part",
}
"""The function of ``regency_jobs`` that does each kind of job."""
GROUP_SECONDS = 600.0, 5.0
"""Limit for what is done with a group of documents, and for each of them."""


@dataclass(frozen=True)
class StageResults:
    """What the stages made, ready to be put together."""

    documents: int
    failures: tuple[dict[str, str], ...]
    manifest_rows: list[Facts]
    """Of each file: what became of it."""
    documents_read: int
    """Documents that were read anew, and gave a record."""
    pieces: list[Facts]
    """Of each regency, in the catalogue's order."""
    shared_entries: dict[str, dict[str, str]]
    clusters: Facts
    has_serious_findings: bool


def run_stages(
    context: BuildContext, input_files: Sequence[InputFile], *, use_cache: bool = True
) -> StageResults:
    """Everything from bytes to the parts of the catalogue. Raises MissingEntryError, BuildError, OSError.

    Not ``trusting``: only documents are taken from the cache, what stands on them is made anew.
    """
    regency_build = RegencyBuild(
        context, use_cache
    )  # first: a table that cannot be used is told before hours of reading
    read_results = read_documents(context, input_files)
    groups = read_results.group_by_regency()
    parts, clusters = regency_build.build_parts(groups) if groups else ({}, {"count": 0})
    shared_entries = regency_build.unions if groups else _empty_shared_entries()
    pieces = [piece for part_facts in parts.values() for piece in part_facts["pieces"]]
    return StageResults(
        documents=sum(map(len, groups.values())),
        failures=read_results.list_failures(),
        manifest_rows=read_results.manifest_rows(),
        documents_read=read_results.count_read(),
        pieces=sorted(pieces, key=lambda piece: str(piece["regency"])),
        shared_entries=shared_entries,
        clusters=clusters,
        has_serious_findings=any(part_facts["serious"] for part_facts in parts.values()),
    )


def _empty_shared_entries() -> dict[str, dict[str, str]]:
    """What the catalogue of no document tells all the same."""
    from pipeline.engine.in_memory import build_from_decrees
    from pipeline.engine.stages.regency_jobs import collect_shared_entries

    return collect_shared_entries(build_from_decrees((), ()))


class RegencyBuild:
    """The documents of a build by regency, on their way to the catalogue."""

    def __init__(self, context: BuildContext, use_cache: bool) -> None:
        """Raises ConfigError where definitions, decisions or settings cannot be used."""
        self._desk = context
        self._groups: Mapping[str, list[DocumentRef]] = {}
        self._trusting = use_cache
        self._program = compute_fingerprint(CATALOGUE_SOURCES)
        self._reviewed = self._store_tables()
        self._settings = self._store_settings()
        self.unions: dict[str, dict[str, str]] = {}
        """What parts tell of what others speak of too, each thing once; the parts themselves let go of it."""

    def build_parts(self, groups: Mapping[str, list[DocumentRef]]) -> tuple[dict[str, Facts], Facts]:
        """Each group's part of the catalogue, and the clusters."""
        self._groups = groups
        links = self._run_stage(
            "link", {name: ("link", self._link_job(m)) for name, m in self._groups.items()}
        )
        ordered = sorted(links.items())
        comparison_facts = self._run_stage(
            "compare",
            {
                kind: (
                    kind,
                    self._make_job(kind, {"groups": {name: facts[facts_key] for name, facts in ordered}}),
                )
                for kind, facts_key in (("cluster", "open"), ("across", "headers"))
            },
        )
        shares, findings_keys = comparison_facts["cluster"]["shares"], comparison_facts["across"]["found"]
        parts = self._run_stage(
            "audit",
            {
                name: (
                    "part",
                    self._part_job(members, links[name]["links"], shares[name], findings_keys[name]),
                )
                for name, members in self._groups.items()
            },
        )
        self._report_settings(parts)
        return parts, comparison_facts["cluster"]

    def _link_job(self, members: list[DocumentRef]) -> Facts:
        by_sum = sorted(members, key=lambda member: member.checksum)
        dependencies = {"reviewed": self._reviewed, "records": [member.checksum for member in by_sum]}
        return self._make_job("link", dependencies, members=[member.key for member in by_sum])

    def _part_job(
        self, members: list[DocumentRef], links_key: str, share_key: str, findings_key: str
    ) -> Facts:
        dependencies = {
            "reviewed": self._reviewed,
            "links": links_key,
            "share": share_key,
            "found": findings_key,
            **({"settings": self._settings, "today": self._desk.order.today} if self._settings else {}),
            "records": [(member.checksum, member.name, member.also_named) for member in members],
        }
        return self._make_job(
            "part", dependencies, members=[(m.key, m.name, list(m.also_named)) for m in members]
        )

    def _make_job(self, kind: str, dependencies: Facts, **arguments: Any) -> Facts:
        """What a worker is told; the key is made of everything that the result hangs on."""
        return {
            "cache": self._desk.cache,
            "key": make_key(kind, self._program, dependencies),
            **dependencies,
            **arguments,
        }

    def _run_stage(self, stage: str, jobs: Mapping[str, tuple[str, Facts]]) -> dict[str, Facts]:
        """Facts of each job, which has a kind, from the cache or made anew; the largest groups first."""
        facts_by_name: dict[str, Facts] = {}
        tasks = []
        for name, (kind, job) in sorted(jobs.items(), key=lambda item: (-self._group_size(item[0]), item[0])):
            if self._trusting and (cached_facts := self._desk.load_facts(kind, job["key"])):
                facts_by_name[name] = self._strip_shared(cached_facts)
                continue
            base, per_document = GROUP_SECONDS
            limit = base + per_document * self._group_size(name) if name in self._groups else None
            tasks.append(
                WorkerTask(name, f"pipeline.engine.stages.regency_jobs:{JOB_FUNCTIONS[kind]}", job, limit)
            )
        self._desk.progress.start_stage(stage, len(jobs), len(facts_by_name))
        for name, value, task_failure, _ in self._desk.run_tasks(tasks):
            kind, job = jobs[name]
            if task_failure is not None:
                subject = (
                    f"the decrees of {name or 'no regency'}" if name in self._groups else "all regencies"
                )
                raise BuildError(
                    f"The work on {subject} was lost twice: {task_failure.message}. Nothing was written."
                )
            self._desk.record_use(kind, job["key"], value)
            facts_by_name[name] = self._strip_shared(value)
        return facts_by_name

    def _strip_shared(self, facts: Facts) -> Facts:
        """Facts without what all parts of a build have in common."""
        for name, texts in facts.pop("unions", {}).items():
            section_entries = self.unions.setdefault(name, {})
            for key, text in texts.items():
                section_entries.setdefault(key, text)
        return facts

    def _group_size(self, name: str) -> int:
        return len(self._groups.get(name, ()))

    def _store_settings(self) -> str | None:
        """The audit's settings, checked, in the cache; their key."""
        if self._desk.order.settings is None:
            return None
        from pipeline.audit.settings.audit_settings import load_settings

        settings = load_settings(self._desk.order.settings)
        key = self._desk.store.put_text("settings", settings.model_dump_json().encode())
        self._desk.record_use("settings", key, {})
        return key

    def _report_settings(self, parts: Mapping[str, Facts]) -> None:
        """Which settings are in force, and how many of their waivers are met."""
        if self._desk.order.settings is None:
            return
        from pipeline.audit.settings.audit_settings import describe_settings, load_settings

        settings = load_settings(self._desk.order.settings)
        met_waivers = {
            tuple(code_and_fingerprint) for facts in parts.values() for code_and_fingerprint in facts["met"]
        }
        waived_count = sum(facts["waived"] for facts in parts.values())
        unmet_count = sum((waiver.code, waiver.fingerprint) not in met_waivers for waiver in settings.waivers)
        self._desk.progress.send_message(
            describe_settings(str(self._desk.order.settings), settings, waived_count, unmet_count)
        )

    def _store_tables(self) -> str:
        """Definitions and decisions, checked, in the cache; their key."""
        from pipeline import linking

        request = self._desk.order
        definitions = linking.load_definitions(request.definitions)
        ids = [definition.id for definition in definitions]
        decisions = [d for file in request.decisions for d in linking.load_decisions(file, ids)]
        for conflict in linking.find_conflicts(decisions):
            self._desk.progress.send_message(conflict.message)
        text = to_json_bytes(
            {
                "definitions": [definition.model_dump(mode="json") for definition in definitions],
                "decisions": [decision.model_dump(mode="json") for decision in decisions],
            }
        )
        key = self._desk.store.put_text("reviewed", text)
        self._desk.record_use("reviewed", key, {})
        return key
