"""What was typed becomes the syllables that were most likely meant.

Every token gets candidates (itself, an abbreviation's expansions, raw Telex or VNI, two
syllables run together, near spellings); the office's own texts decide between them, by how
often one syllable follows another there, and the marks that were typed. What is known is doubted
only where it fits neither neighbour and what is one slip of the finger away does, or where the
message shows another slip.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.cues import Word
from knowledge.matching.lattice import Option, Path, Reading, paths
from knowledge.matching.slips import unslipped
from knowledge.matching.typing_methods import from_telex, from_vni

_KEPT: Final = 9.0  # cost of keeping a token that nothing explains …
_PLAUSIBLE: Final = 1.5  # … unless it could well be a Vietnamese syllable
_SLIP: Final = 2.5  # cost of one slip of the finger
_KNOWN_SLIP: Final = 3.0  # … that made another known syllable
_SLIP_AGAIN: Final = 2.0  # … by one who slipped elsewhere too
_UNSEEN: Final = 3.0  # how often a syllable is taken to stand in the texts where it never does
_MARK: Final = 1.3  # cost of a mark that the syllable does not bear …
_MARK_LEFT_OUT: Final = 0.5  # … and, as a share of it, of one that was left out
_KEYS: Final = 0.5  # cost of reading raw Telex or VNI
_EXPANDED: Final = 1.0  # cost of reading an abbreviation as one of its expansions
_PARTED: Final = 2.5  # cost of a missing blank
_BACKOFF: Final = 0.3  # share of the single syllable where a pair was never seen
_NEIGHBOURS: Final = 6
_FEWEST: Final = 2  # letters: a single one stands for too much
_FEW: Final = 3  # letters: what is so short resembles everything …
_SHORT: Final = 0.5  # … and so short a word is doubted less readily
_LONG: Final = 5  # letters: two slips are thought of from here on

_SYLLABLE: Final = re.compile(
    r"(?:b|ch|d|h|kh|l|m|n|nh|p|ph|r|s|t|th|tr|v|x|(?:c|g|ng)(?=[aou])|(?:k|gh|ngh)(?=[eiy])|g(?=i)|gi|qu(?=[aeioy]))?"
    r"(?:a(?:ch|nh|ng|[cimnoptuy])?|e(?:ch|nh|ng|[cmnoptu])?|i(?:ch|nh|[mnptu])?|i(?:a|e(?:ng|[cmnptu]))"
    r"|o(?:ng|[cimnpt])?|oa(?:ch|nh|ng|[cimnopty])?|oe[not]?|u(?:ng|[acimnptu])?|ua(?:ng|[nty])|ue(?:ch|nh)?"
    r"|uo(?:ng|[cimnptu])?|uy(?:a|ch|nh|[ptu])?|uye[nt]|y(?:e(?:ng|[mntu]))?)"
)

_HOI, _NGA = "\u0309", "\u0303"  # one to half the country
MARKS: Final = frozenset("đ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")


class Speller:
    """Reads tokens as syllables, given texts that show how syllables follow each other."""

    def __init__(
        self,
        texts: Iterable[Sequence[Word]],
        abbreviations: Mapping[str, Sequence[str]],
        common: Iterable[Word],
    ) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._marks: dict[str, set[frozenset[str]]] = {}
        for text in texts:
            words = [word.folded for word in text]
            self._single.update(words)
            self._pairs.update(pairwise(words))
            self._learn_marks(text)
        self._learn_marks(word for word in common if not word.typed.isascii())
        self._common = frozenset(word.folded for word in common)
        self._single.update(self._common)
        self._known = sorted(word for word in self._single if word.isalpha())
        self._total = sum(self._single.values())
        self._abbreviations = {
            token: [tuple(expansion.split()) for expansion in expansions]
            for token, expansions in abbreviations.items()
        }
        self._slips = lru_cache(maxsize=20_000)(lambda token: self._slipped(token, _KNOWN_SLIP))
        self._strange = lru_cache(maxsize=20_000)(self._find_strangeness)
        self._candidates = lru_cache(maxsize=20_000)(self._find_candidates)

    def _learn_marks(self, words: Iterable[Word]) -> None:
        for word in words:
            if word.typed:
                self._marks.setdefault(word.folded, set()).add(marks_of(word.typed))

    def readings(self, typed: Sequence[Word]) -> list[Path]:
        """Give the ways to read words as they were typed, the likeliest first."""
        words = self._reparted(typed)
        return paths(self._lattice(words), self._step) if words else [Path(0.0, ())]

    def _lattice(self, words: Sequence[Word]) -> list[list[Option]]:
        """Give, for each word, the readings it may have, and what each costs."""
        tokens = [word.folded for word in words]
        slippery = any(map(self._is_slip, words))
        lattice: list[list[Option]] = []
        for number, word in enumerate(words):
            options = (
                *self._candidates(word.folded, word.typed.isascii()),
                *self._rivals(tokens, number, slippery=slippery),
            )
            lattice.append(
                [(cost + self._strangeness(word, reading), reading) for cost, reading in options]
            )
        return lattice

    def _reparted(self, words: Sequence[Word]) -> list[Word]:
        """Put a blank back that slipped past a letter: "d obuc xa" → "do buc xa"."""
        mended = list(words)
        for number, (head, tail) in enumerate(pairwise(words)):
            if head.folded in self._single and tail.folded in self._single:
                continue
            for shifted in (_moved(head, tail, 1), _moved(head, tail, -1)):
                if (shifted[0].folded, shifted[1].folded) in self._pairs:
                    mended[number : number + 2] = shifted
        return mended

    def _strangeness(self, word: Word, read: Reading) -> float:
        """Say how far the marks that were typed are from those of a syllable it is read as."""
        if word.typed.isascii() or len(read) > 1 or read[0] not in self._marks:
            return 0.0
        return self._strange(word.typed, read[0])

    def _find_strangeness(self, typed: str, read: str) -> float:
        marks = marks_of(typed)
        return _MARK * min(
            len(marks - known) + _MARK_LEFT_OUT * len(known - marks) for known in self._marks[read]
        )

    def _is_slip(self, word: Word) -> bool:
        """Say whether *word* can only be a slip: neither a word nor keys nor an abbreviation."""
        token = word.folded
        if len(token) < _FEWEST or token.isdigit():
            return False
        if token in self._single:
            return self._strangeness(word, (token,)) >= _MARK
        return all(
            cost >= _SLIP or read == (token,)
            for cost, read in self._candidates(token, word.typed.isascii())
        )

    def _rivals(self, tokens: Sequence[str], number: int, *, slippery: bool) -> tuple[Option, ...]:
        """Give what a known token may be a slip of.

        Only where the other syllable fits a neighbour and it fits none; who slipped elsewhere
        may have slipped here too.
        """
        token = tokens[number]
        before = tokens[number - 1] if number else ""
        after = tokens[number + 1] if number + 1 < len(tokens) else ""
        alone = len(token) < _FEWEST
        if (not slippery) if alone else (token not in self._single):
            return ()
        if not slippery and self._fits(before, token, after):
            return ()
        return tuple(
            (option[0] - _KNOWN_SLIP + _SLIP_AGAIN if slippery else option[0], option[1])
            for option in self._slips(token)
            if (slippery or len(option[1][0]) >= _FEW) and self._fits(before, option[1][0], after)
        )

    def _fits(self, before: str, word: str, after: str) -> bool:
        return (before, word) in self._pairs or (word, after) in self._pairs

    def _step(self, last: str, words: Reading) -> float:
        cost = 0.0
        for word in words:
            cost += self._surprise(last, word)
            last = word
        return cost / len(words)

    @lru_cache(maxsize=50_000)  # noqa: B019 - one speller lives as long as its catalogue
    def _surprise(self, last: str, word: str) -> float:
        alone = max(self._single[word], _UNSEEN) / self._total
        if not last:
            return -math.log(alone) * 0.5
        paired = self._pairs[last, word] / max(self._single[last], 1)
        return -math.log((1 - _BACKOFF) * paired + _BACKOFF * alone) * 0.5

    def _find_candidates(self, token: str, bare: bool) -> tuple[Option, ...]:  # noqa: FBT001
        """Give the readings of *token*; raw keys only where it is *bare* of marks."""
        options: list[Option] = []
        expansions = self._abbreviations.get(token, ())
        options += [(_EXPANDED if len(expansions) > 1 else 0.0, words) for words in expansions]
        if token in self._single:
            options.append((0.0 if not expansions else _EXPANDED, (token,)))
            return tuple(options)
        if options or token.isdigit():
            return tuple(options) or ((_KEPT, (token,)),)
        options.append((_PLAUSIBLE if _SYLLABLE.fullmatch(token) else _KEPT, (token,)))
        for read in (from_telex(token), from_vni(token)) if bare else ():
            if read is not None and read in self._single:
                options.append((_KEYS, (read,)))
        slipped = self._slipped(token, _SLIP) + self._abbreviated(token)
        return (*options, *self._parted(token), *(slipped or self._far(token)))

    def _slipped(self, token: str, cost: float) -> list[Option]:
        """Give the known syllables that one slip of the finger makes into *token*."""
        doubt = _SHORT if len(token) <= _FEW else 0.0
        return [(cost + doubt, (word,)) for word in unslipped(token) if word in self._single]

    def _abbreviated(self, token: str) -> list[Option]:
        """Give what the abbreviations mean that one slip of the finger makes into *token*."""
        if len(token) < _FEW:
            return []
        return [
            (_SLIP + _EXPANDED, meant)
            for short in unslipped(token)
            if len(short) >= _FEW
            for meant in self._abbreviations.get(short, ())
        ]

    def _far(self, token: str) -> list[Option]:
        """Give the known syllables two slips away from a *token* that is none itself."""
        if len(token) < _LONG or _SYLLABLE.fullmatch(token):
            return []
        found = process.extract(
            token, self._known, scorer=OSA.distance, score_cutoff=2, limit=_NEIGHBOURS
        )
        return [(_SLIP * distance, (word,)) for word, distance, _ in found]

    def _parted(self, token: str) -> list[Option]:
        """Part syllables that were run together, where exactly that explains every letter."""
        found: list[Option] = []
        for cut in range(2, len(token) - 1):
            head, rest = token[:cut], token[cut:]
            if head not in self._single:
                continue
            if rest in self._single:
                found.append((_PARTED, (head, rest)))
            found += [
                (_PARTED * 1.5, (head, rest[:again], rest[again:]))
                for again in range(2, len(rest) - 1)
                if rest[:again] in self._single and rest[again:] in self._single
            ]
        return found


def _moved(head: Word, tail: Word, letters: int) -> tuple[Word, Word]:
    """Move the blank between two words by so many *letters*."""
    whole = head.folded + tail.folded
    typed = head.typed + tail.typed
    cut = len(head.folded) + letters
    aligned = len(typed) == len(whole)
    return (
        Word(whole[:cut], typed[:cut] if aligned else ""),
        Word(whole[cut:], typed[cut:] if aligned else ""),
    )


@lru_cache(maxsize=20_000)
def marks_of(typed: str) -> frozenset[str]:
    """Give the marks of a syllable, wherever they stand, and the stroke of đ."""
    marks = unicodedata.normalize("NFD", typed).replace(_NGA, _HOI)
    return frozenset(mark for mark in marks if mark in MARKS)
