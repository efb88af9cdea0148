"""Formal questions made from titles, as citizens ask who have read the title once.

Made mechanically, with dice that fall the same way each time. A title is said whole; or
"no brackets", without what stands in brackets and a leading "Thủ tục"; or "shortened", without
its last clause too; or "from memory", without brackets, function words and a third of what
comes after its opening words, with some official words said as people say them. Around it
stands one of the sentences that the national portal's own questions use; one question in four
is typed without marks.

A question names one procedure still: where all its words stand in another title too, the
title is said whole. Procedures of the same name are right for each other.
"""

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, Literal

from bot.bench.quality import Asked
from knowledge.procedures.catalog import Catalog
from knowledge.text import fold, strip_marks

_SENTENCES: Final = (
    "{}",
    "Thủ tục {}",
    "Xin hỏi thủ tục {} được thực hiện như thế nào?",
    "Hồ sơ {} gồm những giấy tờ gì?",
    "Thời hạn giải quyết thủ tục {} là bao lâu?",
    "Tôi muốn {} thì nộp hồ sơ ở đâu?",
    "Công ty chúng tôi cần {}, xin cho biết lệ phí và thời gian giải quyết.",
    "Đề nghị cho biết điều kiện để được {}?",
    "Trình tự thực hiện {} ra sao?",
    "Cơ quan nào có thẩm quyền {}?",
)
_BRACKETS: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LEADING: Final = re.compile(r"^\s*thủ tục( hành chính)?:?\s+", re.IGNORECASE)
_LAST_CLAUSE: Final = re.compile(
    r"(?:[,;]\s+|\s+(?=thuộc |theo |đối với |trong |do |của |cho |tại |trên |khi |để |từ ))"
    r"(?!.*(?:[,;]\s| (?:thuộc|theo|đối với|trong|do|của|cho|tại|trên|khi|để|từ) )).*$",
    re.IGNORECASE,
)
_FUNCTION: Final = re.compile(
    r"của|về|theo|và|hoặc|các|những|có|được|tại|trong|do|bởi|là|thì|mà|đã|sẽ|với|cho|để|trên",
    re.IGNORECASE,
)
_IN_PASSING: Final = (
    ("sửa đổi, bổ sung", "thay đổi"),
    ("cấp lại", "xin lại"),
    ("gia hạn", "kéo dài"),
    ("chấm dứt", "ngừng"),
    ("thành lập", "mở"),
    ("phê duyệt", "duyệt"),
    ("giấy chứng nhận", "chứng nhận"),
    ("giấy phép", "phép"),
    ("tổ chức, cá nhân", "cá nhân"),
    ("doanh nghiệp", "công ty"),
)
_OPENING: Final = 3  # syllables that nobody forgets: what is to be done
_RUN: Final = 2  # syllables, as most words have
_FORGOTTEN: Final = 1 / 3
_UNMARKED: Final = 1 / 4

Cut = Callable[[str, random.Random], str]


def formal_questions(catalog: Catalog) -> list[Asked]:
    """Make one question from each title of *catalog*; half are for tuning, half for checking."""
    titles = _Titles((one.code, one.name) for one in catalog)
    return [_question(one.code, one.name, titles) for one in catalog]


class _Titles:
    """Which titles hold which words."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._holding: defaultdict[str, set[str]] = defaultdict(set)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for code, name in named:
            for said in {fold(name), fold(_plain(name))}:
                self._called[said].add(code)
            for word in fold(name).split():
                self._holding[word].add(code)

    def called(self, name: str) -> set[str]:
        """Give the codes of all that bear *name*, with or without brackets."""
        return self._called[fold(name)]

    def holding(self, words: str) -> set[str]:
        """Give the codes of all whose titles hold each of the *words*."""
        return set.intersection(*(self._holding[word] for word in fold(words).split()))


def _question(code: str, name: str, titles: _Titles) -> Asked:
    dice = random.Random(zlib.crc32(code.encode()))  # noqa: S311 - to be repeated
    half: Literal["tuning", "checking"] = dice.choice(("tuning", "checking"))
    kind, cut = dice.choice(_CUTS)
    said = cut(name, dice)
    right = titles.called(_plain(name)) if kind != _WHOLE else titles.called(name)
    if not titles.holding(said) <= right:
        kind = kind if cut is _from_memory else _WHOLE
        said, right = name, titles.called(name)
    for official, in_passing in _IN_PASSING if cut is _from_memory else ():
        said = re.sub(official, in_passing, said, flags=re.IGNORECASE)
    text = dice.choice(_SENTENCES).format(_uncapitalised(said))
    text = strip_marks(text) if dice.random() < _UNMARKED else text
    return Asked(half=half, kind=kind, outcome="found", codes=tuple(right), facets=None, text=text)


def _plain(name: str) -> str:
    return _LEADING.sub("", _BRACKETS.sub("", name)).strip()


def _shortened(name: str, _: random.Random) -> str:
    return _LAST_CLAUSE.sub("", _plain(name))


def _from_memory(name: str, dice: random.Random) -> str:
    words = [word for word in _plain(name).split() if not _FUNCTION.fullmatch(word)]
    runs = [words[at : at + _RUN] for at in range(_OPENING, len(words), _RUN)]
    kept = [word for run in runs if dice.random() >= _FORGOTTEN for word in run]
    return " ".join(words[:_OPENING] + kept)


def _uncapitalised(name: str) -> str:
    return name[:1].lower() + name[1:]


_WHOLE: Final = "whole title"
_CUTS: Final[tuple[tuple[str, Cut], ...]] = (
    (_WHOLE, lambda name, _: name),
    ("no brackets", lambda name, _: _plain(name)),
    ("shortened", _shortened),
    ("from memory", _from_memory),
    ("from memory", _from_memory),
)
