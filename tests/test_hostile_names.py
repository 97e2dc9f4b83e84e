"""A decree of very many indicators that nobody knows: few of their pairs are compared word by word."""

from __future__ import annotations

import random

import pytest

from pipeline.audit import content
from pipeline.linking import cluster as clusters
from pipeline.linking.cluster import Entry, cluster
from pipeline.words import align
from pipeline.words import align as aligning
from pipeline.words.sieve import surely_open


def unknown_word(chance: random.Random) -> str:
    return "".join(chance.choice("bdgklmnprst") + chance.choice("aiueo") for _ in range(chance.randint(3, 5)))


def names(count: int) -> list[str]:
    """Names of unknown words, each with one of a few words in common with others."""
    chance = random.Random(7)
    common = [unknown_word(chance) for _ in range(4)]
    return [
        f"Persentase {unknown_word(chance)} {chance.choice(common)} {unknown_word(chance)} {unknown_word(chance)}"
        for _ in range(count)
    ]


def test_few_pairs_of_unknown_names_are_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(*arguments: object) -> object:
        compared.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    real = clusters.align_again
    monkeypatch.setattr(clusters, "align_again", counted)
    made = cluster(Entry(str(i), name) for i, name in enumerate(names(120)))
    assert len(made) == 120
    assert len(compared) < 120


def test_few_pairs_of_unknown_names_pass_the_audits_sieve() -> None:
    known = names(60)
    passing = sum(not content._holds_more(a, b) for a in known for b in known if a != b)
    assert passing < 60 * 59 / 20


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Persentase desa lunas PBB", "Persentase desa yang telah lunas Pajak Bumi dan Bangunan"),
        ("Jumlah dokumen kependu dukan", "Jumlah dokumen kependudukan"),
        ("Jumlah laporan yang tepatwaktu", "Jumlah laporan tepat waktu"),
        ("Persentase laporan keuanqan", "Persentase laporan keuangan"),
        ("Jumlah rapat XKJ", "Jumlah rapat xilem kaji jalur"),
        ("Jumlah zarkipol", "Jumlah zarklpol"),
    ],
)
def test_what_may_be_one_name_passes_the_sieve(left: str, right: str) -> None:
    assert align(left, right).same
    assert not list(surely_open(left, right))
    assert not list(surely_open(right, left))


def test_what_the_tables_explain_is_read_once_whatever_it_is_compared_with() -> None:
    one = aligning.__globals__["read_beside"] if hasattr(aligning, "__globals__") else None
    assert one is not None
    assert one("Persentase desa lunas", None, "Jumlah laporan") is one("Persentase desa lunas", None, "zarkipol")
