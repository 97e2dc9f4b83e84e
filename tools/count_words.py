"""Count the real names of indicators that contain each word: ``pipeline/linking/word_counts.yaml``.

    python -m tools.count_words ../shared/eval/real-names.jsonl

Only counts of single words are kept, no names; words of fewer than ``FEWEST`` names are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from pipeline.language.word_tokenizer import fold_text, split_words

TABLE = Path(__file__).parents[1] / "pipeline" / "linking" / "word_counts.yaml"
FEWEST = 3
HEAD = """# In how many of `names` real names of indicators a word stands: made by tools/count_words.py from
# names that agencies publish, counts of single words only. A word of many names says little.
"""


def count_words(names: list[str]) -> Counter[str]:
    """Return the number of names in which each word stands."""
    return Counter(
        form
        for name in names
        for form in sorted({word.form for word in split_words(fold_text(name)) if word.form.isalpha()})
    )


def main(source: Path) -> None:
    """Write the table from a file of JSON lines with a ``name`` each."""
    names = sorted({json.loads(line)["name"] for line in source.read_text("utf-8").splitlines()})
    counts = count_words(names)
    common_words = sorted((word for word in counts if counts[word] >= FEWEST), key=lambda w: (-counts[w], w))
    lines = [f"  {json.dumps(word)}: {counts[word]}" for word in common_words]
    TABLE.write_text(f"{HEAD}names: {len(names)}\ncounts:\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
