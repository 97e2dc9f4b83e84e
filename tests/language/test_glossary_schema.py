"""Tables of words are checked as strictly as definitions: file, line and reason."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields, parse_yaml_table
from pipeline.language.glossary_schema import check_glossary
from pipeline.language.lexicon import GRAMMAR_PARTS, entry_words

WHOLE = """terms:
  - {term: RKPDesa, variants: [RKPDes], kind: document}
contextual:
  - {variant: LPPD, means: LPPDesa, near: [desa]}
short:
  yg: yang
spelling:
  survey: survei
period_phrases: [per tahun]
"""


def check(text: str) -> None:
    data, node = parse_yaml_table(text, "normalized/glossary.yaml")
    check_glossary(data, node, entry_words)


def test_a_glossary_without_faults_passes() -> None:
    check(WHOLE)
    check(files("normalized").joinpath("glossary.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("variants: [RKPDes]", "varian: [RKPDes]", "line 2: unknown field “varian”"),
        ("kind: document", "kind: dokumen", "line 2: unknown kind “dokumen”"),
        ("{term: RKPDesa, ", "{", "line 2: a field “term” is expected"),
        ("variants: [RKPDes]", "variants: RKPDes", "line 2: “variants” must be a list"),
        ("near: [desa]", "dekat: [desa]", "line 4: unknown field “dekat”"),
        ("  yg: yang", "  yg:", "line 6, short: “yg” needs words"),
        ("  yg: yang", "  yg: yang\n  yg: yaitu", "line 7: “yg” is given twice"),
        ("  survey: survei", "  sur vey: survei", "line 8, spelling: “sur vey” is not one word"),
        ("spelling:", "ejaan:", "line 7: unknown field “ejaan”"),
        (
            "contextual:",
            "  - {term: RKPD, variants: [RKPDes]}\ncontextual:",
            "line 3, RKPD: “RKPDes” is already",
        ),
        ("period_phrases: [per tahun]", "period_phrases: [per tahun", "is no YAML"),
    ],
)
def test_what_would_be_passed_over_is_refused_with_its_line(here: str, there: str, said: str) -> None:
    assert here in WHOLE
    with pytest.raises(ConfigError) as error:
        check(WHOLE.replace(here, there))
    assert said in str(error.value)
    assert "glossary.yaml" in str(error.value)


def test_a_part_of_the_grammar_that_nothing_reads_is_refused() -> None:
    text = files("pipeline.language").joinpath("grammar.yaml").read_text("utf-8") + "\nsinonim: []\n"
    data, node = parse_yaml_table(text, "pipeline/language/grammar.yaml")
    with pytest.raises(ConfigError) as error:
        check_fields(data, node, GRAMMAR_PARTS, "pipeline/language/grammar.yaml")
    assert f"line {text.count(chr(10))}: unknown field “sinonim”" in str(error.value)
