"""The examples that the matcher learns from: the clear questions of the tuning half, no others.

To write them anew after questions were added: `python -m tests.knowledge.examples`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.bench.quality import Asked, read_questions
from knowledge.matching.examples import SHIPPED, Examples

QUESTIONS: Final = Path(__file__).with_name("questions.jsonl")


def examples_among(questions: Iterable[Asked]) -> Examples:
    """Gather what may be learned from, by procedure."""
    gathered: dict[str, list[str]] = {}
    for one in questions:
        if one.half == "tuning" and one.outcome == "found":
            for code in one.codes:
                gathered.setdefault(code, []).append(one.text)
    return {code: tuple(gathered[code]) for code in sorted(gathered)}


if __name__ == "__main__":
    found = examples_among(read_questions(QUESTIONS))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    SHIPPED.write_text(f"{text}\n", encoding="utf-8")
