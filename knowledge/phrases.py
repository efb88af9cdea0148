"""Phrases as officers write them down: with choices, words between, and the end of a question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, product, zip_longest
from math import prod
from sys import intern
from typing import Final

from knowledge.text import fold, marked

END: Final = "$"
"""Stands for the end of what was said, but for closing words such as "vậy ạ"."""
# "…" stands for a few words or none; "……" for any number of them, after what is only the setting;
# what stands in round brackets must be said just there, and is not heard itself.
_BETWEEN: Final = "…"
_FEW: Final = 3
_ANY: Final = 100

_PLAIN: Final = re.compile(r"[0-9a-z $]+")  # needs no folding, which takes half of a start
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_NAME: Final = re.compile(r"<(\w+)>")
_PART: Final = re.compile(rf"({_BETWEEN}+|\([^()]*\))")
# One word or choice that must be said, with what may be said before it; or what is left.
_MAY: Final = r"\{(?:[^{}]*\|)?(?:\|[^{}]*)?\}"
_MUST: Final = r"(?:\{[^{}]*\}|[^\s{}]+)"
_UNIT: Final = re.compile(rf"(?:\s*{_MAY})*\s*{_MUST}(?:(?:\s*{_MAY})+\s*$)?")
_MOST_WAYS: Final = 100
_SPECIAL: Final = re.compile(rf"[{{(){_BETWEEN}]")
_BRACKETS: Final = str.maketrans("()", "  ")


def with_names(phrase: str, named: Mapping[str, str]) -> str:
    """Put in the choices that *phrase* only names: "nộp <where>", "{gửi|<how>} đâu"."""
    inside = _CHOICE.sub(lambda choice: _NAME.sub(lambda name: named[name[1]], choice[0]), phrase)
    return _NAME.sub(lambda name: "{" + named[name[1]] + "}", inside)


def spelt_out(phrase: str) -> list[str]:
    """Give the phrases that "{a|b} c" stands for."""
    return ["".join(chosen) for chosen in product(*_choices(phrase))]


def each_word_of(phrase: str) -> list[str]:
    """Give a few of the phrases that *phrase* stands for, each of its choices in one."""
    if "{" not in phrase:
        return [phrase]
    choices = [[one for one in some if one] or [""] for some in _choices(phrase)]
    rows = zip_longest(*choices)
    return [
        "".join(some[0] if one is None else one for one, some in zip(row, choices, strict=True))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a phrase: the ways to say it, and how many words may stand before it."""

    spellings: Mapping[tuple[str, ...], tuple[str, ...]]
    """Each folded, with the marks it asks for; none, or an empty one, where any will do."""
    sizes: Mapping[str, Sequence[int]]
    """How many words the ways to say it have, by their first word; the longest first."""
    within: int
    """How many other words may stand before it."""
    is_heard: bool
    """Else it only must stand there."""

    @property
    def is_near(self) -> bool:
        """Say whether it belongs to the same clause, with a few words between."""
        return 0 < self.within <= _FEW


def pieces_of(phrase: str) -> list[Piece]:
    """Take *phrase* apart where other words may stand in it, and where brackets do."""
    strict = phrase.startswith("=")
    if not _SPECIAL.search(phrase):  # thousands are, and a start is waited for
        folded, marks = _spelling(phrase.removeprefix("="), strict=strict)
        return [Piece({folded: marks}, {folded[0]: (len(folded),)}, 0, is_heard=True)]
    pieces: list[Piece] = []
    within = 0
    for part in filter(str.strip, _PART.split(phrase.removeprefix("="))):
        if part == _BETWEEN:
            within = _FEW
        elif part.startswith(_BETWEEN):
            within = _ANY
            pieces = [replace(piece, is_heard=False) for piece in pieces]
        else:
            is_heard = not part.startswith("(")
            for some in _few_at_once(part.translate(_BRACKETS)):
                make = _later if pieces else _piece
                pieces.append(make(some, within, strict, is_heard))
                within = 0
    return pieces


def _few_at_once(part: str) -> Iterator[str]:
    """Part choices that stand side by side, before there are too many ways to say them all."""
    told, ways = "", 1
    for unit in _UNIT.findall(part):
        more = prod(len(some) for some in _choices(unit))
        if ways * more > _MOST_WAYS and told.strip():
            yield told
            told, ways = "", 1
        told, ways = told + unit, ways * more
    yield told


def _piece(phrase: str, within: int, strict: bool, is_heard: bool) -> Piece:  # noqa: FBT001
    spellings: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in spelt_out(phrase):
        folded, marks = _spelling(one, strict=strict)
        spellings[folded] = _either(spellings.get(folded, marks), marks)
    sizes: dict[str, set[int]] = {}
    for words in spellings:
        sizes.setdefault(words[0] if words else "", set()).add(len(words))
    ordered = {first: sorted(some, reverse=True) for first, some in sizes.items()}
    return Piece(spellings, ordered, within, is_heard)


def _either(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Give the marks that two ways to write the same syllables both ask for."""
    return tuple(one if one == other else "" for one, other in zip(some, others, strict=False))


_later: Final = cache(_piece)  # few, in many phrases


def _choices(phrase: str) -> list[list[str]]:
    parts = _CHOICE.split(phrase)
    return [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]


def _spelling(phrase: str, *, strict: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not strict and _PLAIN.fullmatch(phrase):
        return tuple(map(intern, phrase.split())), ()
    words = [word for typed in phrase.split() for word in _words(typed)]
    folded = tuple(intern(bare) for bare, _ in words)
    return folded, tuple(typed if strict or not typed.isascii() else "" for _, typed in words)


@cache  # phrases are made of few words
def _words(typed: str) -> tuple[tuple[str, str], ...]:
    if typed == END:
        return ((END, END),)
    return tuple((fold(word), word) for word in marked(typed).split())


def all_words_of(phrases: Iterable[str]) -> list[str]:
    """Give what *phrases* teach of how words follow each other, folded and each once."""
    some = (each_word_of(phrase.replace(_BETWEEN, " ").translate(_BRACKETS)) for phrase in phrases)
    return list(dict.fromkeys(folded(one) for one in chain.from_iterable(some)))


def folded(phrase: str) -> str:
    """Fold a *phrase* word by word: thousands are made of few words."""
    return " ".join(bare for typed in phrase.split() for bare, _ in _words(typed))
