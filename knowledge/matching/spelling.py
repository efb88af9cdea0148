"""What was typed becomes the syllables that were most likely meant.

Every token gets candidates (itself, an abbreviation's expansions, raw Telex or VNI, two
syllables run together, near spellings); the office's own texts decide between them, by how
often one syllable follows another there. What is known is doubted only where it fits neither
neighbour and what one slip of the finger away does.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.typing_methods import from_telex, from_vni

_KEPT: Final = 9.0  # cost of keeping a token that nothing explains …
_PLAUSIBLE: Final = 1.5  # … unless it could well be a Vietnamese syllable
_SLIP: Final = 2.5  # cost of one slip of the finger
_KNOWN_SLIP: Final = 3.0  # … that made another known syllable
_UNSEEN: Final = 3.0  # how often a syllable is taken to stand in the texts where it never does
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

_LETTERS: Final = "abcdeghiklmnopqrstuvxyfjwz"
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CONFUSED: Final = ("ln", "sx", "iy", "ck", "dv")  # heard alike in one region or another

Reading = tuple[str, ...]


class Speller:
    """Reads tokens as syllables, given texts that show how syllables follow each other."""

    def __init__(
        self,
        texts: Iterable[str],
        abbreviations: Mapping[str, Sequence[str]],
        common: Iterable[str],
    ) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = text.split()
            self._single.update(words)
            self._pairs.update(pairwise(words))
        self._common = frozenset(common)
        self._single.update(self._common)
        self._known = sorted(word for word in self._single if word.isalpha())
        self._total = sum(self._single.values())
        self._abbreviations = {
            token: [tuple(expansion.split()) for expansion in expansions]
            for token, expansions in abbreviations.items()
        }
        self._slips = lru_cache(maxsize=20_000)(lambda token: self._slipped(token, _KNOWN_SLIP))
        self._candidates = lru_cache(maxsize=20_000)(self._find_candidates)

    def read(self, tokens: Sequence[str]) -> list[Reading]:
        """Give, for each folded token, the syllables it most likely stands for."""
        tokens = self._reparted(tokens)
        beam: dict[str, tuple[float, tuple[Reading, ...]]] = {"": (0.0, ())}
        for number, token in enumerate(tokens):
            following: dict[str, tuple[float, tuple[Reading, ...]]] = {}
            for cost, words in self._candidates(token) + self._rivals(tokens, number):
                best_cost, best = min(
                    (
                        (before + cost + self._step(last, words), path)
                        for last, (before, path) in beam.items()
                    ),
                    key=lambda option: option[0],
                )
                kept = following.get(words[-1])
                if kept is None or best_cost < kept[0]:
                    following[words[-1]] = (best_cost, (*best, words))
            beam = following
        return list(min(beam.values(), key=lambda option: option[0])[1])

    def _reparted(self, tokens: Sequence[str]) -> list[str]:
        """Put a blank back that slipped past a letter: "d obuc xa" → "do buc xa"."""
        mended = list(tokens)
        for number, (head, tail) in enumerate(pairwise(tokens)):
            if head in self._single and tail in self._single:
                continue
            for shifted in ((head + tail[:1], tail[1:]), (head[:-1], head[-1:] + tail)):
                if shifted in self._pairs:
                    mended[number : number + 2] = shifted
        return mended

    def _rivals(self, tokens: Sequence[str], number: int) -> tuple[tuple[float, Reading], ...]:
        """Give what a known token may be a slip of.

        Only where it fits neither neighbour and the other syllable fits one.
        """
        token = tokens[number]
        before = tokens[number - 1] if number else ""
        after = tokens[number + 1] if number + 1 < len(tokens) else ""
        if len(token) < _FEWEST or token not in self._single or self._fits(before, token, after):
            return ()
        return tuple(
            option
            for option in self._slips(token)
            if len(option[1][0]) >= _FEW and self._fits(before, option[1][0], after)
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

    def _find_candidates(self, token: str) -> tuple[tuple[float, Reading], ...]:
        options: list[tuple[float, Reading]] = []
        expansions = self._abbreviations.get(token, ())
        options += [(_EXPANDED if len(expansions) > 1 else 0.0, words) for words in expansions]
        if token in self._single:
            options.append((0.0 if not expansions else _EXPANDED, (token,)))
            return tuple(options)
        if options or token.isdigit():
            return tuple(options) or ((_KEPT, (token,)),)
        options.append((_PLAUSIBLE if _SYLLABLE.fullmatch(token) else _KEPT, (token,)))
        for read in (from_telex(token), from_vni(token)):
            if read is not None and read in self._single:
                options.append((_KEYS, (read,)))
        if len(options) == 1:
            options += self._parted(token) + (self._slipped(token, _SLIP) or self._far(token))
        return tuple(options)

    def _slipped(self, token: str, cost: float) -> list[tuple[float, Reading]]:
        """Give the known syllables that one slip of the finger makes into *token*."""
        doubt = _SHORT if len(token) <= _FEW else 0.0
        return [(cost + doubt, (word,)) for word in _unslipped(token) if word in self._single]

    def _far(self, token: str) -> list[tuple[float, Reading]]:
        """Give the known syllables two slips away from a *token* that is none itself."""
        if len(token) < _LONG or _SYLLABLE.fullmatch(token):
            return []
        found = process.extract(
            token, self._known, scorer=OSA.distance, score_cutoff=2, limit=_NEIGHBOURS
        )
        return [(_SLIP * distance, (word,)) for word, distance, _ in found]

    def _parted(self, token: str) -> list[tuple[float, Reading]]:
        """Part syllables that were run together, where exactly that explains every letter."""
        found: list[tuple[float, Reading]] = []
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


def _unslipped(token: str) -> set[str]:
    """Undo one slip in *token*: a letter left out, one too many, two swapped, the next key."""
    undone: set[str] = set()
    for at in range(len(token) + 1):
        head, rest = token[:at], token[at:]
        undone.update(head + letter + rest for letter in _LETTERS)
        if rest:
            undone.add(head + rest[1:])
            undone.update(head + key + rest[1:] for key in _BESIDE.get(rest[0], ""))
        if len(rest) > 1:
            undone.add(head + rest[1] + rest[0] + rest[2:])
    undone.discard(token)
    return undone


def _keys_beside() -> dict[str, str]:
    """Give, for each letter, those on the keys around it and those it is often confused with."""
    beside = dict.fromkeys(_LETTERS, "")
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            rows = _ROWS[max(row - 1, 0) : row + 2]
            around = "".join(near[max(column - 1, 0) : column + 2] for near in rows)
            beside[key] = around.replace(key, "")
    for one, other in _CONFUSED:
        beside[one] += other
        beside[other] += one
    return beside


_BESIDE: Final = _keys_beside()
