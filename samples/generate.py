"""Invented decrees in any number: ``generate(seed)`` gives a record and its text in every layout.

For benchmarks and property tests. The same seed gives the same decree, on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from samples.formulas import expression
from samples.printing import LAYOUTS, printed
from samples.printing.dress import Record
from samples.words import words

FIRST_YEARS = (2021, 2022, 2024, 2025)
SHARE_OF_IKI = 0.25


def generate(seed: int) -> tuple[Record, dict[str, str]]:
    """Return a plausible decree of an invented kecamatan: its record, and its text by layout."""
    record = Decree(random.Random(seed)).record()
    layouts = [name for name, layout in LAYOUTS.items() if record["kind"] in layout.kinds]
    return record, {name: printed(record, name) for name in layouts}


@dataclass
class Decree:
    """The choices for one decree, made in a fixed order from one source of chance."""

    chance: random.Random
    table: dict[str, Any] = field(default_factory=lambda: words("generator"))

    def record(self) -> Record:
        """Return the complete record."""
        kind = "IKI" if self.chance.random() < SHARE_OF_IKI else "IKU"
        kecamatan, regency = self._names()
        first = self.chance.choice(FIRST_YEARS)
        period = {"start": first, "end": first + 2} if kind == "IKU" else None
        code = f"39.{self.chance.randint(1, 60):02}.{self.chance.randint(1, 30):02}"
        number = self._number(kind, code, first)
        return {
            "schema_version": "2",
            "kind": kind,
            "title": self._title(kind, kecamatan, regency, period),
            "number": number,
            "year": first,
            "period": period,
            "kecamatan": kecamatan,
            "regency": regency,
            "region_code": code if number and code in number else None,
            "place": kecamatan,
            "date": f"{first}-{self.chance.randint(1, 6):02}-{self.chance.randint(2, 28):02}",
            "signatory": self._signatory(kecamatan, first),
            "parties": [],
            **self._body(kind, kecamatan),
            "holders": self._holders(kind, kecamatan, regency, first),
            "activities": self._activities() if kind == "IKU" and self.chance.random() < 0.4 else [],
            "programs": [],
        }

    def _names(self) -> tuple[str, str]:
        choose = self.chance.choice
        place, above = self.table["kecamatan"], self.table["regency"]
        kecamatan = f"{choose(place['heads'])}{choose(place['tails'])} {choose(place['second'])}".strip()
        return kecamatan, f"{choose(above['types'])} {choose(above['heads'])}{choose(above['tails'])}"

    def _number(self, kind: str, code: str, year: int) -> str | None:
        serial = self.chance.randint(1, 90)
        forms = (f"188.45/{serial:02}/KEP/{code}/{year}", f"100.3.3/KEP.{serial:02}/{year}", None)
        return self.chance.choice(forms if kind == "IKU" else forms[:2])

    @staticmethod
    def _title(kind: str, kecamatan: str, regency: str, period: dict[str, int] | None) -> str:
        head = words("printing")["headings"][kind]
        years = f" TAHUN {period['start']}-{period['end']}" if period else ""
        return f"{head} KECAMATAN {kecamatan} {regency}".upper() + years

    def _signatory(self, kecamatan: str, year: int) -> dict[str, str]:
        choose, officer = self.chance.choice, self.table["officer"]
        name = f"{choose(officer['before'])} {choose(officer['first'])} {choose(officer['last'])}".strip()
        after = choose(officer["after"])
        birth = year - self.chance.randint(40, 54)
        start = birth + self.chance.randint(22, 26)
        digits = (
            f"{birth}{self.chance.randint(1, 12):02}{self.chance.randint(1, 28):02}"
            f"{start}{self.chance.randint(1, 12):02}{self.chance.randint(1, 2)}{self.chance.randint(1, 9):03}"
        )
        full = f"{name}, {after}" if after else name
        return {"name": full, "position": f"CAMAT {kecamatan.upper()}", "nip": digits}

    def _body(self, kind: str, kecamatan: str) -> dict[str, list[str]]:
        office = f"Kecamatan {kecamatan}"
        fields = ("considerations", "legal_basis", "dictums")
        if kind == "IKI":
            return {name: [] for name in fields}
        return {name: [item.format(kecamatan=office) for item in self.table[name]] for name in fields}

    def _holders(self, kind: str, kecamatan: str, regency: str, first: int) -> list[dict[str, Any]]:
        if kind == "IKU":
            name = f"Kecamatan {kecamatan} {regency}"
            goal, goal_indicator = self.chance.choice(self.table["goals"])
            duties = [self.chance.choice(self.table["duties"])]
            functions = self._some(self.table["functions"], 3)
            indicators = self._indicators(first, self.chance.randint(2, 4))
            return [_holder("agency", name, duties, functions, indicators, goal, goal_indicator)]
        posts = [f"CAMAT {kecamatan.upper()}", *self._some(self.table["posts"], 2)]
        return [self._post(post) for post in posts]

    def _post(self, name: str) -> dict[str, Any]:
        functions = self._some(self.table["post_functions"], 0)
        indicators = self._indicators(None, self.chance.randint(1, 2))
        return _holder("position", name, self._some(self.table["post_duties"], 1), functions, indicators)

    def _indicators(self, first: int | None, objectives: int) -> list[dict[str, Any]]:
        """Return numbered indicators with targets from a first year on; bare ones of a post without it."""
        chosen = self._some(sorted(self.table["objectives"]), objectives)[:objectives]
        indicators = [
            self._indicator(objective, form, first)
            for objective in chosen
            for form in self._some(self.table["objectives"][objective], 1)
        ]
        for number, indicator in enumerate(indicators, start=1):
            indicator["number"] = number if first else None
        return indicators

    def _indicator(self, objective: str, form: dict[str, Any], first: int | None) -> dict[str, Any]:
        slots = {name: self.chance.choice(options) for name, options in self.table["slots"].items()}
        formula = form["formula"].format(**slots)
        polarity = self.table["polarity"]
        officers = [form["officer"]]
        if self.chance.random() < 0.3 and self.table["second_officer"] not in officers:
            officers.append(self.table["second_officer"])
        return {
            "number": None,
            "objective": objective,
            "group": None,
            "level": None,
            "name": form["name"].format(**slots),
            "formula": {"raw": formula, "expression": expression(formula)},
            "explanation": form.get("explanation") if first else None,
            "unit": form["unit"] if first else None,
            "baseline": None,
            "targets": self._targets(first) if first else [],
            "quarter_targets": [],
            "realisations": [],
            "data_sources": [form["source"]],
            "responsible": officers if first else [],
            "extra": {polarity["header"]: polarity["lower" if form.get("lower") else "higher"]}
            if first
            else {},
        }

    def _targets(self, first: int) -> list[dict[str, Any]]:
        start = self.chance.randint(60, 90)
        return [{"year": first + step, "value": str(start + 2 * step)} for step in range(3)]

    def _activities(self) -> list[dict[str, Any]]:
        table = self.table["activities"]
        indicators = []
        for category in words("printing")["annex"]["order"]:
            for number, name in enumerate(self._some(table[category], 1), start=1):
                count = self.chance.randint(1, len(table["work"]))
                parts = {"activities": table["work"][:count], "outputs": table["outputs"][:count]}
                indicators.append(
                    {
                        "category": category,
                        "number": number,
                        "name": name,
                        **parts,
                        "evidence": table["evidence"],
                    }
                )
        return indicators

    def _some(self, options: list[Any], least: int) -> list[Any]:
        """Return at least ``least`` of the options, in their original order."""
        count = self.chance.randint(least, len(options))
        return [options[place] for place in sorted(self.chance.sample(range(len(options)), count))]


def _holder(
    kind: str,
    name: str,
    duties: list[str],
    functions: list[str],
    indicators: list[dict[str, Any]],
    goal: str | None = None,
    goal_indicator: str | None = None,
) -> dict[str, Any]:
    return {
        "type": kind,
        "name": name,
        "duties": duties,
        "functions": functions,
        "goal": goal,
        "goal_indicator": goal_indicator,
        "indicators": indicators,
    }
