"""The likeliest ways through what each word of a question may stand for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Reading = tuple[str, ...]
Option = tuple[float, Reading]
Step = Callable[[str, Reading], float]
"""What it costs that a reading follows a syllable; "" stands for the beginning."""

_MOST: Final = 4  # ways beside the likeliest …
_WITHIN: Final = 2.0  # … that cost at most so much more
_RUNNERS_UP: Final = 2  # of each word


@dataclass(frozen=True, slots=True)
class Path:
    """One reading of each word, and how much dearer it is than the likeliest."""

    dearer: float
    readings: tuple[Reading, ...]


def paths(lattice: Sequence[Sequence[Option]], step: Step) -> list[Path]:
    """Give the cheapest way through *lattice*, then those that differ in one doubtful word."""
    if all(len(options) == 1 for options in lattice):
        return [Path(0.0, tuple(options[0][1] for options in lattice))]
    best: list[Reading] = []
    doubts: list[tuple[float, int, Reading]] = []
    through = map(_through, lattice, _ahead(lattice, step), _behind(lattice, step))
    for place, costs in enumerate(through):
        ranked = sorted(zip(costs, lattice[place], strict=True))
        best.append(ranked[0][1][1])
        doubts += [
            (cost - ranked[0][0], place, reading)
            for cost, (_, reading) in ranked[1 : 1 + _RUNNERS_UP]
            if cost - ranked[0][0] < _WITHIN
        ]
    return [Path(0.0, tuple(best))] + [
        Path(dearer, (*best[:place], reading, *best[place + 1 :]))
        for dearer, place, reading in sorted(doubts)[:_MOST]
    ]


def _through(
    options: Sequence[Option], ahead: Sequence[float], behind: Sequence[float]
) -> list[float]:
    """Give, for each option of a word, the cost of the cheapest way that takes it."""
    return [
        one + other - cost for one, other, (cost, _) in zip(ahead, behind, options, strict=True)
    ]


def _ahead(lattice: Sequence[Sequence[Option]], step: Step) -> list[list[float]]:
    """Give the cost of the cheapest way from the beginning to each option, it included."""
    costs = [[cost + step("", reading) for cost, reading in lattice[0]]]
    for before, options in pairwise(lattice):
        known = list(zip(costs[-1], before, strict=True))
        costs.append(
            [
                cost + min(so_far + step(other[-1], reading) for so_far, (_, other) in known)
                for cost, reading in options
            ]
        )
    return costs


def _behind(lattice: Sequence[Sequence[Option]], step: Step) -> list[list[float]]:
    """Give the cost of the cheapest way from each option to the end, it included."""
    costs = [[cost for cost, _ in lattice[-1]]]
    for after, options in pairwise(reversed(lattice)):
        known = list(zip(costs[-1], after, strict=True))
        costs.append(
            [
                cost + min(rest + step(reading[-1], other) for rest, (_, other) in known)
                for cost, reading in options
            ]
        )
    return costs[::-1]
