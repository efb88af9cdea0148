"""The tables that `motcua bench` prints and the README quotes."""

import platform
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.bench.baselines import Ranker, bm25_ranker, rapidfuzz_ranker
from bot.bench.noise import NOISES
from bot.bench.quality import Asked, hits, outcomes, parts, ranker, read_questions
from knowledge.matching import Matcher
from knowledge.procedures.catalog import Catalog

_KIBI: Final = 1024


def report(
    catalog: Catalog, build: Callable[[Catalog], Matcher], questions: Path, today: datetime
) -> Iterator[str]:
    """Give the lines of the report.

    Raises:
        UnreadableFileError: the file of questions is missing or wrong.
    """
    asked = read_questions(questions)
    started = time.perf_counter()
    matcher = build(catalog)
    built = time.perf_counter() - started
    yield f"{today:%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}"
    yield f"{len(catalog)} procedures, index built in {built:.2f} s, {_megabytes()} MB resident"
    for half in ("tuning", "checking", "blind"):
        some = [question for question in asked if question.half == half]
        if some:
            yield ""
            yield from _half(half, some, catalog, matcher)
    yield ""
    yield from _times([question.text for question in asked], catalog, matcher)


def _half(half: str, asked: list[Asked], catalog: Catalog, matcher: Matcher) -> Iterator[str]:
    rankers = {
        "ours": ranker(matcher),
        "BM25": bm25_ranker(catalog),
        "rapidfuzz": rapidfuzz_ranker(catalog),
    }
    yield f"{half} questions ({len(asked)}): right procedure first / in first three"
    yield f"  {'':22} {'n':>4}  " + "  ".join(f"{name:^39}" for name in rankers)
    for kind in dict.fromkeys(one.kind for one in asked if one.outcome == "found"):
        yield _row(kind, [one for one in asked if one.kind == kind], rankers)
    for noise, make in NOISES.items():
        noisy = [replace(one, text=make(one.text)) for one in asked]
        yield _row(f"all, {noise}", noisy, rankers)
    yield f"  parts recognised         {parts(asked, matcher)}"
    for what, share in outcomes(asked, matcher).items():
        yield f"  {what:24} {share}  of {share.of}"


def _row(name: str, asked: list[Asked], rankers: dict[str, Ranker]) -> str:
    count = sum(one.outcome == "found" for one in asked)
    cells = (f"{hits(asked, rank, 1)}  {hits(asked, rank, 3)}" for rank in rankers.values())
    return f"  {name:22} {count:4}  " + "  ".join(cells)


def _times(texts: list[str], catalog: Catalog, matcher: Matcher) -> Iterator[str]:
    yield "milliseconds a question, median / 95 in 100"
    for name, rank in (
        ("ours", ranker(matcher)),
        ("BM25", bm25_ranker(catalog)),
        ("rapidfuzz", rapidfuzz_ranker(catalog)),
    ):
        spent = sorted(_milliseconds(rank, text) for text in texts)
        yield f"  {name:10} {statistics.median(spent):6.2f} / {spent[int(len(spent) * 0.95)]:6.2f}"


def _milliseconds(rank: Ranker, text: str) -> float:
    started = time.perf_counter()
    rank(text)
    return (time.perf_counter() - started) * 1000


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KIBI
