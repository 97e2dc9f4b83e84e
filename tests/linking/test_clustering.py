"""Clusters of mentions that no definition covers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import Cluster, PlainMention, cluster
from pipeline.linking.clustering import BLOCK_KEYS, LARGEST_BLOCK, group_by_form, neighbour_pairs
from pipeline.linking.name_families import name_families

NAMES = [
    "Persentase pengaduan yang ditindaklanjuti",
    "Prosentase tindak lanjut pengaduan (%)",
    "Persentase pengaduan di Kecamatan Wungkal yang di tindak lanjuti",
    "Persentase penqaduan yang ditindaklanjuti",
    "Jumlah pengaduan yang ditindaklanjuti",
    "Persentase pengaduan tertulis yang ditindaklanjuti",
    "Jumlah Qwandur terpasang",
    "Jumlah qwandur yang dipasang (unit)",
    "",
    "---",
]
ENTRIES = [PlainMention(f"m{i}", name, "Wungkal") for i, name in enumerate(NAMES)]


def members(clusters: tuple[Cluster, ...]) -> set[tuple[str, ...]]:
    return {c.members for c in clusters}


def test_one_meaning_one_cluster() -> None:
    assert members(cluster(ENTRIES)) == {
        ("m0", "m1", "m2", "m3"),
        ("m4",),
        ("m5",),
        ("m6", "m7"),
        ("m8",),
        ("m9",),
    }


def test_the_proposed_name_is_a_clean_printed_one() -> None:
    first = next(c for c in cluster(ENTRIES) if "m0" in c.members)
    assert first.name in (NAMES[0], NAMES[1])


@given(st.permutations(ENTRIES))
def test_the_order_of_input_does_not_matter(entries: list[PlainMention]) -> None:
    assert cluster(entries) == cluster(ENTRIES)


def test_ids_come_from_the_content_and_stay_when_others_join() -> None:
    alone = cluster(ENTRIES[:2])
    assert alone[0].id in {c.id for c in cluster(ENTRIES)}
    assert alone[0].id == cluster([PlainMention("other", NAMES[0])])[0].id


def test_nothing_gives_nothing() -> None:
    assert cluster([]) == ()


def test_work_grows_with_the_forms_not_with_their_square() -> None:
    many = [PlainMention(f"{n}", f"Jumlah kegiatan lomba nomor {n} tahun {n % 7}") for n in range(1000)]
    forms = group_by_form(many)
    pairs = list(neighbour_pairs([name_families(form.normal) for form in forms]))
    assert len(pairs) == len(set(pairs))
    assert len(pairs) <= len(forms) * BLOCK_KEYS * LARGEST_BLOCK
    assert len(cluster(many)) == 1000
