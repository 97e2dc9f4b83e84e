"""Tables of words are checked as strictly as definitions: file, line and reason."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import parse_table
from pipeline.language.table_models import GlossaryTable, GrammarTable, check_repeated_forms

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
    check_repeated_forms(parse_table(text, "normalized/glossary.yaml", GlossaryTable))


def test_a_glossary_without_faults_passes() -> None:
    check(WHOLE)
    check(files("normalized").joinpath("glossary.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("variants: [RKPDes]", "varian: [RKPDes]", "line 2, terms.0.varian: unknown field"),
        ("kind: document", "kind: dokumen", "line 2, terms.0.kind: Input should be"),
        ("{term: RKPDesa, ", "{", "line 2, terms.0.term: this field is missing"),
        ("variants: [RKPDes]", "variants: RKPDes", "line 2, terms.0.variants: a list is expected"),
        ("near: [desa]", "dekat: [desa]", "line 4, contextual.0.dekat: unknown field"),
        ("  yg: yang", "  yg:", "line 6, short.yg: a text is expected"),
        ("  yg: yang", "  yg: yang\n  yg: yaitu", "line 7: “yg” is given twice"),
        ("  survey: survei", "  sur vey: survei", "line 7, spelling: “sur vey” is not one word"),
        ("spelling:", "ejaan:", "line 7, ejaan: unknown field"),
        (
            "contextual:",
            "  - {term: RKPD, variants: [RKPDes]}\ncontextual:",
            "RKPD: “RKPDes” is already",
        ),
        ("period_phrases: [per tahun]", "period_phrases: [per tahun", "this is not valid YAML"),
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
    with pytest.raises(ConfigError) as error:
        parse_table(text, "pipeline/language/grammar.yaml", GrammarTable)
    assert f"line {text.count(chr(10))}, sinonim: unknown field" in str(error.value)
