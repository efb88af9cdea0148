"""The tables that `motcua bench` prints and the README quotes."""

import asyncio
import platform
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.app import build_matcher
from bot.bench.baselines import Ranker, bm25_ranker, rapidfuzz_ranker
from bot.bench.formal import formal_questions
from bot.bench.memory import resident_megabytes
from bot.bench.noise import NOISES
from bot.bench.quality import Asked, hits, outcomes, parts, ranker, read_questions
from bot.bench.turns import turn_times
from knowledge.matching import Matcher
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.readers import read_catalog

_MOST: Final = 95  # in 100

Rankers = dict[str, Ranker]


def report(
    catalog: Path, questions: Path, national: Path | None, today: datetime
) -> Iterator[str]:
    """Give the lines of the report.

    Raises:
        UnreadableFileError: a file is missing or wrong.
    """
    asked = read_questions(questions)
    procedures = read_catalog(catalog)
    yield f"{today:%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}"
    matcher, built = _built(procedures)
    yield f"{len(procedures)} procedures, index built in {built:.2f} s"
    rankers = _rankers(procedures, matcher)
    for half in ("tuning", "checking", "blind", "unusual"):
        some = [question for question in asked if question.half == half]
        if some:
            yield ""
            yield from _half(half, some, rankers, matcher)
    texts = [question.text for question in asked]
    yield ""
    yield from _times(texts, rankers)
    yield from _program(texts, catalog)
    if national is not None:
        yield ""
        yield from _national(national)


def _half(half: str, asked: list[Asked], rankers: Rankers, matcher: Matcher) -> Iterator[str]:
    learned = ", learned from" if half == "tuning" else ""
    yield f"{half} questions ({len(asked)}{learned}): right procedure first / in first three"
    yield _heading(rankers)
    yield from _kinds(asked, rankers)
    for noise, make in NOISES.items():
        noisy = [replace(one, text=make(one.text)) for one in asked]
        yield _row(f"all, {noise}", noisy, rankers)
    yield f"  parts recognised         {parts(asked, matcher)}"
    for what, share in outcomes(asked, matcher).items():
        yield f"  {what:24} {share}  of {share.of}"


def _national(path: Path) -> Iterator[str]:
    """Measure formal questions over another, larger list of titles."""
    procedures = read_catalog(path)
    matcher, built = _built(procedures)
    asked = formal_questions(procedures)
    rankers = _rankers(procedures, matcher)
    yield f"formal questions over {len(procedures)} titles of {path.name}, made from the titles"
    yield f"index built in {built:.2f} s, program resident with it: {_megabytes(path)}"
    for half in ("tuning", "checking"):
        some = [question for question in asked if question.half == half]
        yield ""
        yield f"{half} titles ({len(some)}): right procedure first / in first three"
        yield _heading(rankers)
        yield from _kinds(some, rankers)
        yield _row("all", some, rankers)
    yield ""
    yield from _times([question.text for question in asked], rankers)


def _built(procedures: Catalog) -> tuple[Matcher, float]:
    started = time.process_time()
    matcher = build_matcher(procedures)
    return matcher, time.process_time() - started


def _rankers(procedures: Catalog, matcher: Matcher) -> Rankers:
    return {
        "ours": ranker(matcher),
        "BM25": bm25_ranker(procedures),
        "rapidfuzz": rapidfuzz_ranker(procedures),
    }


def _heading(rankers: Rankers) -> str:
    return f"  {'':22} {'n':>4}  " + "  ".join(f"{name:^39}" for name in rankers)


def _kinds(asked: list[Asked], rankers: Rankers) -> Iterator[str]:
    for kind in dict.fromkeys(one.kind for one in asked if one.outcome == "found"):
        yield _row(kind, [one for one in asked if one.kind == kind], rankers)


def _row(name: str, asked: list[Asked], rankers: Rankers) -> str:
    count = sum(one.outcome == "found" for one in asked)
    cells = (f"{hits(asked, rank, 1)}  {hits(asked, rank, 3)}" for rank in rankers.values())
    return f"  {name:22} {count:4}  " + "  ".join(cells)


def _times(texts: Sequence[str], rankers: Rankers) -> Iterator[str]:
    yield f"milliseconds of one core a question, median / {_MOST} in 100"
    for name, rank in rankers.items():
        yield f"  {name:10} {_spread([_spent(rank, text) for text in texts])}"


def _spent(rank: Ranker, text: str) -> float:
    started = time.process_time()
    rank(text)
    return time.process_time() - started


def _program(texts: Sequence[str], catalog: Path) -> Iterator[str]:
    spent = asyncio.run(turn_times(texts, catalog))
    yield f"whole turns on SQLite, one after another: {len(spent) / sum(spent):.0f} a second"
    yield f"  milliseconds, median / {_MOST} in 100: {_spread(spent)}"
    yield f"running program, resident (VmRSS of `motcua run`): {_megabytes(catalog)}"


def _megabytes(catalog: Path) -> str:
    resident = resident_megabytes(catalog)
    return "not told by this system" if resident is None else f"{resident} MB"


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    most = ordered[len(ordered) * _MOST // 100]
    return f"{statistics.median(ordered) * 1000:6.2f} / {most * 1000:6.2f}"
