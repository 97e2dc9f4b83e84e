"""The stages of a build: what is not in the cache is given to the workers, stage after stage."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.engine.cache import make_key
from pipeline.engine.cache.fingerprint import CATALOGUE_SOURCES, compute_fingerprint
from pipeline.engine.executors import WorkerTask
from pipeline.engine.stages.read_stage import read_documents
from pipeline.engine.stages.regency_jobs import (
    audit_across_regencies,
    build_regency_part,
    cluster_mentions,
    collect_shared_entries,
    link_regency,
)
from pipeline.engine.stages.stage_values import (
    CataloguePiece,
    ClusterJob,
    ClusterResult,
    CrossRegencyJob,
    CrossRegencyResult,
    GroupJob,
    LinkJob,
    LinkResult,
    PartJob,
    PartResult,
    RecordRef,
    from_facts,
)
from pipeline.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipeline.engine.build_context import BuildContext
    from pipeline.engine.input_files import InputFile
    from pipeline.engine.request import DocumentFailure
    from pipeline.engine.stages.read_stage import DocumentRef

GROUP_SECONDS = 600.0, 5.0
"""Time limit for the work on a group of documents, and for each of them."""


class StageKind(NamedTuple):
    """A function of the stages, the kind of its cache entries, and the class of its results."""

    cache_kind: str
    function: Callable[[Any], Any]
    result_type: type[Any]


LINK = StageKind("link", link_regency, LinkResult)
CLUSTER = StageKind("cluster", cluster_mentions, ClusterResult)
ACROSS = StageKind("across", audit_across_regencies, CrossRegencyResult)
PART = StageKind("part", build_regency_part, PartResult)


@dataclass(frozen=True)
class CatalogueParts:
    """What the catalogue and the summary are composed of."""

    documents: int = 0
    pieces: tuple[CataloguePiece, ...] = ()
    """Of each regency, in the catalogue's order."""
    shared_entries: dict[str, dict[str, str]] = field(default_factory=dict)
    clusters: ClusterResult = field(default_factory=ClusterResult)
    has_serious_findings: bool = False


@dataclass(frozen=True)
class StageResults:
    """The results of all stages of a build."""

    parts: CatalogueParts
    failures: tuple[DocumentFailure, ...]
    manifest_rows: list[dict[str, Any]]
    """Of each file: what became of it."""
    documents_read: int
    """Documents that gave a record and did not come from the cache."""


def run_stages(
    context: BuildContext, input_files: Sequence[InputFile], *, use_cache: bool = True
) -> StageResults:
    """Run all stages, from bytes to the parts of the catalogue.

    Without ``use_cache`` only records come from the cache; what depends on them is made again.

    Raises:
        MissingEntryError: the cache lost an entry while it was in use.
        BuildError: a worker died twice on the decrees of one regency.
        StorageError: the cache cannot be read or written.
    """
    read_results = read_documents(context, input_files)
    return StageResults(
        parts=build_parts(context, read_results.group_by_regency(), use_cache=use_cache),
        failures=read_results.list_failures(),
        manifest_rows=read_results.manifest_rows(),
        documents_read=read_results.count_read(),
    )


def build_parts(
    context: BuildContext, groups: Mapping[str, Sequence[DocumentRef]], *, use_cache: bool = True
) -> CatalogueParts:
    """Link, cluster, audit and assemble the documents of each regency."""
    return _RegencyBuild(context, groups, use_cache).run() if groups else empty_parts()


def empty_parts() -> CatalogueParts:
    """Return the parts of a catalogue without documents: it lists the evaluators' questions all the same."""
    from pipeline.engine.stages.assemble import DocumentSet, assemble_catalogue
    from pipeline.engine.stages.link import Linker

    catalogue = assemble_catalogue(
        DocumentSet.from_reads(()), Linker((), ()).complete_links((), {}, ()), findings=()
    )
    return CatalogueParts(shared_entries=collect_shared_entries(catalogue))


class _RegencyBuild:
    """The documents of a build by regency, on their way to the catalogue."""

    def __init__(
        self, context: BuildContext, groups: Mapping[str, Sequence[DocumentRef]], use_cache: bool
    ) -> None:
        self._context = context
        self._groups = groups
        self._use_cache = use_cache
        self._program = compute_fingerprint(CATALOGUE_SOURCES)
        self._tables = self._store_tables()
        self._settings = self._store_settings()
        self._shared_entries: dict[str, dict[str, str]] = {}
        """What the parts have in common, each entry once; the parts themselves let go of it."""

    def run(self) -> CatalogueParts:
        """Run the stages after reading."""
        links = self._run_stage("link", LINK, {name: self._link_job(name) for name in self._groups})
        clusters, across = self._compare_regencies(dict(sorted(links.items())))
        parts = self._run_stage(
            "audit",
            PART,
            {name: self._part_job(name, links[name], clusters, across) for name in self._groups},
        )
        self._report_settings(parts.values())
        pieces = [piece for part in parts.values() for piece in part.pieces]
        return CatalogueParts(
            documents=sum(map(len, self._groups.values())),
            pieces=tuple(sorted(pieces, key=lambda piece: piece.regency)),
            shared_entries=self._shared_entries,
            clusters=clusters,
            has_serious_findings=any(part.has_serious_findings for part in parts.values()),
        )

    def _compare_regencies(self, links: Mapping[str, LinkResult]) -> tuple[ClusterResult, CrossRegencyResult]:
        """Run the two jobs that look at all regencies, side by side."""
        open_mentions = {name: link.open for name, link in links.items()}
        headers = {name: link.headers for name, link in links.items()}
        cluster_job = ClusterJob(*self._cache_and_key(CLUSTER, open_mentions), open_mentions)
        across_job = CrossRegencyJob(*self._cache_and_key(ACROSS, headers), headers)
        results = self._run_jobs(
            "compare", {"cluster": (CLUSTER, cluster_job), "across": (ACROSS, across_job)}
        )
        return results["cluster"], results["across"]

    def _link_job(self, name: str) -> LinkJob:
        by_checksum = sorted(self._groups[name], key=lambda document: document.checksum)
        checksums = [document.checksum for document in by_checksum]
        records = tuple(RecordRef(document.record.key) for document in by_checksum)
        return LinkJob(*self._cache_and_key(LINK, self._tables, checksums), self._tables, records)

    def _part_job(
        self, name: str, link: LinkResult, clusters: ClusterResult, across: CrossRegencyResult
    ) -> PartJob:
        documents = self._groups[name]
        inputs = (self._tables, link.links, (clusters.shares or {})[name], across.findings[name])
        today = self._context.inputs.today if self._settings else ""
        names = [(d.checksum, d.record.name, d.record.also_named) for d in documents]
        tables, links, share, findings = inputs
        return PartJob(
            *self._cache_and_key(PART, *inputs, self._settings, today, names),
            tables=tables,
            records=tuple(document.record for document in documents),
            links=links,
            share=share,
            findings=findings,
            settings=self._settings,
            today=today,
        )

    def _cache_and_key(self, kind: StageKind, *dependencies: object) -> tuple[str, str]:
        """Return the cache's address, and the key of everything that a job's result depends on."""
        return self._context.cache, make_key(kind.cache_kind, self._program, dependencies)

    def _run_stage(self, stage: str, kind: StageKind, jobs: Mapping[str, GroupJob]) -> dict[str, Any]:
        return self._run_jobs(stage, {name: (kind, job) for name, job in jobs.items()})

    def _run_jobs(self, stage: str, jobs: Mapping[str, tuple[StageKind, GroupJob]]) -> dict[str, Any]:
        """Return the result of each job, from the cache or from the workers; the largest groups first."""
        results: dict[str, Any] = {}
        tasks: list[WorkerTask[Any, Any]] = []
        for name, (kind, job) in sorted(jobs.items(), key=lambda item: (-self._group_size(item[0]), item[0])):
            entry = self._context.store.get(kind.cache_kind, job.key) if self._use_cache else None
            if entry is not None:
                results[name] = self._take_shared(from_facts(kind.result_type, entry.facts))
                continue
            base, per_document = GROUP_SECONDS
            limit = base + per_document * self._group_size(name) if name in self._groups else None
            tasks.append(WorkerTask(name, kind.function, job, limit))
        self._context.progress.start_stage(stage, len(jobs), len(results))
        for result in self._context.run_tasks(tasks):
            name = result.task.name
            if result.loss is not None:
                group = f"the decrees of {name or 'no regency'}" if name in self._groups else "all regencies"
                raise BuildError(
                    f"The work on {group} failed twice: {result.loss.message}.", "Nothing was written."
                )
            results[name] = self._take_shared(result.value)
        for name, (kind, job) in jobs.items():
            self._context.record_use(kind.cache_kind, [job.key])
            for text_kind, keys in _referenced_texts(results[name]).items():
                self._context.record_use(text_kind, keys)
        return results

    def _take_shared(self, result: Any) -> Any:
        """Return a result without its shared entries, which are kept once for all parts."""
        if not isinstance(result, PartResult):
            return result
        for section, texts in result.shared_entries.items():
            self._shared_entries[section] = texts | self._shared_entries.get(section, {})
        return replace(result, shared_entries={})

    def _group_size(self, name: str) -> int:
        return len(self._groups.get(name, ()))

    def _store_tables(self) -> str:
        """Put definitions and decisions into the cache and return their key."""
        inputs = self._context.inputs
        rows = {
            "definitions": [definition.model_dump(mode="json") for definition in inputs.definitions],
            "decisions": [decision.model_dump(mode="json") for decision in inputs.decisions],
        }
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return self._store_text("reviewed", text)

    def _store_settings(self) -> str | None:
        """Put the audit's settings into the cache and return their key."""
        settings = self._context.inputs.settings
        return None if settings is None else self._store_text("settings", settings.model_dump_json())

    def _store_text(self, kind: str, text: str) -> str:
        key = self._context.store.put_text(kind, text.encode())
        self._context.record_use(kind, [key])
        return key

    def _report_settings(self, parts: Iterable[PartResult]) -> None:
        """Report which settings are in force, and how many of their waivers are met."""
        inputs = self._context.inputs
        if inputs.settings is None:
            return
        from pipeline.audit.settings.audit_settings import describe_settings

        parts = list(parts)
        met_waivers = {waiver for part in parts for waiver in part.met_waivers}
        waived = sum(part.waived for part in parts)
        unused = sum((w.code, w.fingerprint) not in met_waivers for w in inputs.settings.waivers)
        self._context.progress.send_message(
            describe_settings(inputs.settings_file, inputs.settings, waived, unused)
        )


def _referenced_texts(result: object) -> dict[str, list[str]]:
    """Return the keys of the texts that a result points to, by kind."""
    match result:
        case LinkResult():
            return {"links": [result.links], "open": [result.open], "headers": [result.headers]}
        case ClusterResult():
            return {"fragment": [result.section], "share": [*(result.shares or {}).values()]}
        case CrossRegencyResult():
            return {"found": [*result.findings.values()]}
        case PartResult():
            return {
                "fragment": [key for piece in result.pieces for key in piece.sections.values()],
                "summary": [piece.summary for piece in result.pieces],
                "groups": [piece.summary_groups for piece in result.pieces],
            }
    raise AssertionError(f"unknown result: {result!r}")
