"""Every process gives the same scores, to the last digit: sums run in one order."""

import subprocess
import sys
from typing import Final

_ASK: Final = """
from knowledge.matching import Matcher, load_examples, load_foreign, load_synonyms
from knowledge.procedures.catalog import SHIPPED
from knowledge.procedures.readers import read_catalog
from knowledge.vocabulary import Vocabulary

catalog = read_catalog(SHIPPED)
matcher = Matcher(
    catalog, Vocabulary.load(), load_synonyms(), load_foreign(), load_examples()
)
asked = [f"em mất giấy rồi, giờ xin lại {one.name.lower()} ở đâu" for one in catalog]
for question in (*asked, "máy x quang nha khoa sắp hết hạn, gia hạn hết bao nhiêu"):
    for match in matcher.answer(question).ranking:
        print(match.procedure.code, match.score.hex())
"""


def scores_under(seed: str) -> str:
    asked = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _ASK],
        env={"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout


def test_scores_do_not_hang_on_the_seed_of_hashes() -> None:
    told = scores_under("1")
    assert told.count("\n") > 1_000
    assert scores_under("2") == told
