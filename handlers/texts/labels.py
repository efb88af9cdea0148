"""Names of near-equal procedures: by what sets them apart, however little room there is.

Channels cut a button's label; the words that tell it from the others must stand before the cut.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from knowledge.text import fold, marked

GAP: Final = "…"
ROOM: Final = 64  # letters that the narrowest channel shows
_LONG_RUN: Final = 3  # words; what is shorter says too little to be left out
_NOTHING: Final = frozenset({"", "khong", "co"})  # what no label may come to
_RUNS: Final = 2  # at the head and in the middle
_TOLD: Final = 4  # words of a run that sets two titles apart
_HEAD: Final = 4  # words: what is to be done
_LOOSE: Final = re.compile(
    r"(?:(?<=\s)|^)(?:và|của|trong|với|cho|đối|đối với|hoặc|hay|tại|do|về|từ|theo|là|các|những|để"
    r"|khi|trên)$",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"^(?:(?:và|của|với|đối với|cho|hoặc|hay|về|từ|theo|các|những) )+")
_STOPS: Final = " ,;:-(" + GAP


def closed(text: str) -> str:
    """Leave off words at the end that only lead on to others: «trong», «đối với»."""
    own = text.rstrip(_STOPS)
    while (shorter := _LOOSE.sub("", own).rstrip(_STOPS)) != own:
        own = shorter
    return own or text.rstrip(_STOPS)


def telling(titles: Sequence[str]) -> tuple[str, ...]:
    """Name each of *titles* so that what is shown of it tells it from the others."""
    labels = _without_shared(titles)
    unsure = _alike(labels, titles)
    tries = ((labels, unsure), (titles, unsure), (titles, [True] * len(titles)))
    for bases, where in tries:
        if not any(_alike(labels, titles)):
            break
        labels = _compacted(labels, bases, titles, where)
    return labels


def shown(label: str) -> str:
    """Give as much of *label* as the narrowest channel shows."""
    return cut(label, lambda text: len(text) <= ROOM)


def cut(label: str, fits: Callable[[str], bool]) -> str:
    """Cut *label* between words until it fits, with a mark that it goes on."""
    if fits(label):
        return label
    words = label.split()
    while len(words) > 1:
        words.pop()
        own = closed(" ".join(words)) + GAP
        if fits(own):
            return own
    return ""


def common_run(titles: Sequence[Sequence[str]]) -> list[str]:
    """Give the longest run of words that stands in all *titles*, in whatever case."""
    first, *others = [_bare(words) for words in titles]
    texts = [f" {' '.join(words)} " for words in others]
    for size in range(len(first), 0, -1):
        for start in range(len(first) - size + 1):
            run = first[start : start + size]
            if GAP not in run and all(f" {' '.join(run)} " in text for text in texts):
                whole = _within_brackets(titles[0][start : start + size])
                return closed(" ".join(whole)).split() if whole else []
    return []


def long_run(titles: Sequence[str]) -> list[str]:
    """Give the run of words that all *titles* share, where it is long enough to say something."""
    run = common_run([title.split() for title in titles])
    return run if len(run) >= _LONG_RUN else []


def _without_shared(titles: Sequence[str]) -> tuple[str, ...]:
    """Leave out the long runs of words that all titles share."""
    whole = [title.split() for title in titles]
    labels = whole
    for _ in range(_RUNS):
        run = common_run(labels)
        if len(run) < _LONG_RUN:
            break
        labels = [_without(words, run) for words in labels]
    tell_nothing = any(fold(" ".join(words)) in _NOTHING for words in labels)
    if tell_nothing or len({tuple(words) for words in labels}) < len(titles):
        labels = whole
    return tuple(_label(" ".join(words)) for words in labels)


def _label(text: str) -> str:
    """Begin a label with its own words: what all share was named in the question back."""
    parts = text.removeprefix(f"{GAP} ").removesuffix(f" {GAP}").split(f" {GAP}")
    own = f" {GAP}".join([*map(closed, parts[:-1]), parts[-1].rstrip(" -")])
    if own.count("(") > own.count(")"):
        own += f" {GAP})"
    bare = own[1:-1] if own.startswith("(") and own.endswith(")") else own
    return _capital(closed(bare))


def _alike(labels: Sequence[str], titles: Sequence[str]) -> list[bool]:
    """Say of each label whether what is shown of it may be taken for another."""
    said = [_words(shown(label)) for label in labels]
    whole = [_words(title) for title in titles]
    return [
        any(
            not (said[one] - whole[other] or said[other] - whole[one])
            for other in range(len(labels))
            if other != one
        )
        for one in range(len(labels))
    ]


def _compacted(
    labels: Sequence[str], bases: Sequence[str], titles: Sequence[str], where: Sequence[bool]
) -> tuple[str, ...]:
    """Put short names, made from *bases*, in place of *labels* where these are not told apart."""
    return tuple(
        _compact(base, [other for other in titles if other is not title]) if needed else label
        for label, base, title, needed in zip(labels, bases, titles, where, strict=True)
    )


def _compact(label: str, others: Sequence[str]) -> str:
    """Cut *label* to the room: the words that *others* lack, then as many more as fit."""
    words = re.sub(r"[()]", "", label).split()
    needed = _needed([marked(word) for word in words], others)
    kept = set(needed)
    beside = [at + step for at in sorted(needed) for step in (1, -1)]
    for number in (*beside, *range(_HEAD), *_onward(needed, len(words)), *range(len(words))):
        joins = number < _HEAD or number - 1 in kept or number + 1 in kept
        is_word = 0 <= number < len(words) and words[number] != GAP
        if joins and is_word and len(_with_gaps(words, kept | {number})) <= ROOM:
            kept = kept | {number}
    return _with_gaps(words, kept)


def _needed(words: Sequence[str], others: Sequence[str]) -> set[int]:
    """Choose words so that for each of *others* one is there that it lacks, where there is any."""
    needed: set[int] = set()
    for other in map(_words, others):
        lacked = [number for number, word in enumerate(words) if word and word not in other]
        own = [number for number in lacked if not _LOOSE.search(words[number])] or lacked
        if own and needed.isdisjoint(own):
            run = {own[0] + step for step in range(_TOLD)}
            needed.update(number for number in own if number in run)
    return needed


def _onward(needed: Iterable[int], count: int) -> list[int]:
    """Give the words behind those that are needed, the nearest first."""
    return [at + step for step in range(2, count) for at in sorted(needed)]


def _with_gaps(words: Sequence[str], kept: set[int]) -> str:
    runs: list[list[str]] = []
    for number in sorted(kept):
        if number - 1 not in kept or not runs:
            runs.append([])
        runs[-1].append(words[number])
    segments = [_LEADING.sub("", closed(" ".join(run))) for run in runs]
    telling = [one for one in segments if fold(one) and not _LOOSE.search(one)]
    return _capital(f" {GAP} ".join(telling))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(text: str) -> set[str]:
    return set(marked(text).split())


def _bare(words: Sequence[str]) -> list[str]:
    """Leave out case and stops: "công nghệ)," is the same as "Công nghệ"."""
    return [word.lower().rstrip(",;.)") for word in words]


def _within_brackets(run: Sequence[str]) -> list[str]:
    """Leave a bracket out that does not close within the run."""
    for number in range(len(run) - 1, -1, -1):
        if ")" in run[number]:
            return list(run)
        if "(" in run[number]:
            return list(run[:number])
    return list(run)


def _without(words: list[str], run: list[str]) -> list[str]:
    bare, size = _bare(run), len(run)
    for start in range(len(words) - size + 1):
        if _bare(words[start : start + size]) == bare:
            left_out = words[start : start + size]
            closes = left_out[-1].endswith(")") and not any("(" in word for word in left_out)
            return [*words[:start], f"{GAP})" if closes else GAP, *words[start + size :]]
    return words
