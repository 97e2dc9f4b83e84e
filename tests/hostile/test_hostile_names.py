"""A decree of very many indicators that nobody knows: few of their pairs are compared word by word."""

from __future__ import annotations

import random
import sys

import pytest

from pipeline.audit.rules.structure import field_content
from pipeline.language import align_names
from pipeline.language.alignment.align import normalise_in_context
from pipeline.language.alignment.prefilter import words_without_partner
from pipeline.linking.clustering import PlainMention, cluster
from pipeline.linking.comparison_levels import compare_levels


def unknown_word(chance: random.Random) -> str:
    return "".join(chance.choice("bdgklmnprst") + chance.choice("aiueo") for _ in range(chance.randint(3, 5)))


def names(count: int) -> list[str]:
    """Names of unknown words, each with one of a few words in common with others."""
    chance = random.Random(7)
    common = [unknown_word(chance) for _ in range(4)]
    return [
        " ".join(["Persentase", chance.choice(common), *(unknown_word(chance) for _ in range(3))])
        for _ in range(count)
    ]


def test_few_pairs_of_unknown_names_are_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(*arguments: object) -> object:
        compared.append(arguments)
        return compare_levels(*arguments)

    module = sys.modules["pipeline.linking.clustering"]  # the package names its function so, too
    monkeypatch.setattr(module, "compare_levels", counted)
    made = cluster(PlainMention(str(i), name) for i, name in enumerate(names(120)))
    assert len(made) == 120
    assert len(compared) < 120


def test_few_pairs_of_unknown_names_pass_the_audits_sieve() -> None:
    known = names(60)
    passing = sum(not field_content._says_more(a, b) for a in known for b in known if a != b)
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
    assert align_names(left, right).same
    assert not list(words_without_partner(left, right))
    assert not list(words_without_partner(right, left))


def test_what_the_tables_explain_is_read_once_whatever_it_is_compared_with() -> None:
    name = "Persentase desa lunas"
    assert normalise_in_context(name, None, "Jumlah laporan") is normalise_in_context(
        name, None, "Jumlah zarkipol"
    )
    assert normalise_in_context("Jumlah zarklpol", None, "zarkipol") != normalise_in_context(
        "Jumlah zarklpol", None, "laporan"
    )
