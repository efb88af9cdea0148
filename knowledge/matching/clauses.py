"""What of a question is wished, and what only stands beside it.

"Đậu kỳ kiểm tra rồi, giờ lấy chứng chỉ": what is done already comes first, the wish last.
"Loại thường, chưa dám lên cấp tỉnh": what is declined is named all the same.
"""

from collections.abc import Sequence
from typing import Final

from knowledge.cues import Word
from knowledge.text import fold

_OPENS: Final = ("đã", "từng", "đang")  # what is done begins …
_CLOSES: Final = ("rồi", "xong")  # … and ends
_TURNS: Final = ("giờ", "nay", "muốn")  # a wish begins, after what was opened …
_WISHES: Final = (*_TURNS, "xin", "cần", "lấy", "tới", "tính", "nộp")  # … or after what was closed
_SOON: Final = 3  # words after the close
_ENOUGH: Final = 3  # words that a wish has

_NOT: Final = frozenset({"khong", "chua", "chang"})
_DECLINING: Final = frozenset({"can", "phai", "toi", "len", "thuoc", "xet", "dam"})
_BETWEEN: Final = _DECLINING | {"voi", "xin", "den", "theo", "la", "loai", "muon"}
_DECLINED: Final = 2  # words: "cấp tỉnh"


def before_wish(words: Sequence[Word], telling: Sequence[bool]) -> int:
    """Count the words that only tell what is done already; *telling*: those that say something."""
    wish = 0
    opened = False
    for at, word in enumerate(words):
        opened = opened or _is_one_of(_OPENS, word)
        if _is_one_of(_CLOSES, word):
            soon = range(at + 1, min(at + 1 + _SOON, len(words)))
            turn = next((after for after in soon if _is_one_of(_WISHES, words[after])), 0)
        else:
            turn = at if opened and _is_one_of(_TURNS, word) else 0
        if sum(telling[turn:]) >= _ENOUGH:
            wish = max(wish, turn)
    return wish


def declined(words: Sequence[Word]) -> list[bool]:
    """Tell which words are waved aside: those behind "không cần", "chưa dám lên"."""
    aside = [False] * len(words)
    for at, word in enumerate(words):
        if word.folded not in _NOT:
            continue
        start = at + 1
        while start < len(words) and words[start].folded in _BETWEEN:
            start += 1
        between = {one.folded for one in words[at + 1 : start]}
        if between & _DECLINING and len(words) >= start + _DECLINED:
            aside[start : start + _DECLINED] = [True] * _DECLINED
    return aside


def _is_one_of(some: tuple[str, ...], word: Word) -> bool:
    """Say whether *word* is one of *some*, as far as its marks tell."""
    meant = _MARKED.get(word.folded)
    return meant in some and word.may_be(meant)


_MARKED: Final = {fold(one): one for one in (*_OPENS, *_CLOSES, *_WISHES)}
