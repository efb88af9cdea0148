"""What is said when no procedure is sure: which one, whose business, an honest no."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.desk import OfficeCard
from handlers.messages import Choice
from handlers.texts import common
from handlers.texts.procedures import PART_LABELS
from knowledge.matching import Matter
from knowledge.operations import Operation
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import fold

NEITHER: Final = Choice("Không phải các việc trên", "/khongphai")
_LONG_RUN: Final = 3  # words; what is shorter says too little to be left out
_NOTHING: Final = frozenset({"", "khong", "co"})  # what no label may come to
_RUNS: Final = 2  # at the head and in the middle
_GAP: Final = "…"
_LONG: Final = 80  # letters: two lines of a small telephone
_BREAK: Final = re.compile(r"[,;(]")
_DONE: Final = {
    Operation.RENEW: "gia hạn",
    Operation.AMEND: "sửa đổi, bổ sung",
    Operation.REISSUE: "cấp lại",
    Operation.END: "chấm dứt, hủy bỏ",
}
_KEPT: Final = 3  # parts, and words of a case: what a tap sends has 64 bytes at most


def procedure_choice(
    procedure: Procedure, label: str, facets: tuple[Facet, ...], case: Sequence[str] = ()
) -> Choice:
    """Offer a procedure; what was asked of it and said of the case is kept."""
    return Choice(label, " ".join(["/tt", procedure.code, *facets[:_KEPT], *case[:_KEPT]]))


def short_title(procedure: Procedure) -> str:
    """Give a title without the word that all titles begin with."""
    title = procedure.title.removeprefix("Thủ tục ").strip()
    return title[:1].upper() + title[1:]


def telling_labels(procedures: tuple[Procedure, ...]) -> tuple[str, ...]:
    """Name procedures by what sets them apart: long runs of words that all share are left out."""
    titles = [short_title(procedure).split() for procedure in procedures]
    labels = titles
    for _ in range(_RUNS):
        run = _common_run(labels)
        if len(run) < _LONG_RUN:
            break
        labels = [_without(words, run) for words in labels]
    tell_nothing = any(fold(" ".join(words)) in _NOTHING for words in labels)
    if tell_nothing or len({tuple(words) for words in labels}) < len(procedures):
        labels = titles
    return tuple(_label(" ".join(words)) for words in labels)


def _label(text: str) -> str:
    """Begin a label with its own words: what all share was named in the question back."""
    own = text.removeprefix(f"{_GAP} ").removesuffix(f" {_GAP}").rstrip(" -")
    if own.count("(") > own.count(")"):
        own += f" {_GAP})"
    bare = own[1:-1] if own.startswith("(") and own.endswith(")") else own
    return bare[:1].upper() + bare[1:]


def which_one(procedures: tuple[Procedure, ...]) -> str:
    """Ask which of several procedures is meant."""
    about = shared_words(procedures)
    if not about:
        return "Có mấy thủ tục gần với câu hỏi. Ông/Bà cần việc nào?"
    return f"Có mấy thủ tục về «{_brief(about)}». Ông/Bà cần việc nào?"


def unserved(operation: Operation) -> str:
    """Say that nothing here does what was asked for, and offer what is near."""
    return (
        f"Danh mục của cơ quan này không có thủ tục {_DONE[operation]} riêng cho việc Ông/Bà hỏi. "
        "Dưới đây là thủ tục gần nhất; nếu không phải, xin hỏi cán bộ."
    )


def _brief(about: str) -> str:
    """Name what is long by its beginning: what sets the procedures apart stands below."""
    head = _BREAK.split(about)[0].strip()
    return f"{head} {_GAP}" if len(about) > _LONG and head else about


def shared_words(procedures: tuple[Procedure, ...]) -> str:
    """Give the long run of words that all titles share, or nothing."""
    run = _common_run([short_title(procedure).split() for procedure in procedures])
    if len(run) < _LONG_RUN or len(procedures) == 1:
        return ""
    shared = " ".join(run).strip(" ,;-()").removesuffix(" đối với")
    return shared + ")" * (shared.count("(") - shared.count(")"))


def _common_run(titles: list[list[str]]) -> list[str]:
    """Give the longest run of words that stands in all *titles*, in whatever case."""
    first, *others = [_bare(words) for words in titles]
    texts = [f" {' '.join(words)} " for words in others]
    for size in range(len(first), 0, -1):
        for start in range(len(first) - size + 1):
            run = first[start : start + size]
            if _GAP not in run and all(f" {' '.join(run)} " in text for text in texts):
                return _closed(titles[0][start : start + size])
    return []


def _bare(words: list[str]) -> list[str]:
    """Leave out case and stops: "công nghệ)," is the same as "Công nghệ"."""
    return [word.lower().rstrip(",;.)") for word in words]


def _closed(run: list[str]) -> list[str]:
    """Leave a bracket out that does not close within the run."""
    for number in range(len(run) - 1, -1, -1):
        if ")" in run[number]:
            return run
        if "(" in run[number]:
            return run[:number]
    return run


def _without(words: list[str], run: list[str]) -> list[str]:
    bare, size = _bare(run), len(run)
    for start in range(len(words) - size + 1):
        if _bare(words[start : start + size]) == bare:
            left_out = words[start : start + size]
            closes = left_out[-1].endswith(")") and not any("(" in word for word in left_out)
            return [*words[:start], f"{_GAP})" if closes else _GAP, *words[start + size :]]
    return words


def ask_which(facets: tuple[Facet, ...]) -> str:
    """Ask for the procedure where only a part of an answer, or nothing at all, was named."""
    if not facets:
        return common.ASK_QUESTION
    parts = ", ".join(PART_LABELS[facet].lower() for facet in facets)
    return (
        f"Ông/Bà hỏi {parts} của thủ tục nào? Xin nói thêm việc gì, giấy gì, "
        "ví dụ: «giấy phép bưu chính trong tỉnh»."
    )


def of_which_paper(happened: str) -> str:
    """Ask to which paper it happened."""
    return (
        f"«{happened}»: Ông/Bà nói giấy nào? Xin viết tên giấy phép, chứng chỉ hay giấy chứng "
        "nhận, ví dụ: «giấy phép bưu chính»."
    )


def not_ours(matter: Matter) -> str:
    """Say whose business a matter is, as far as a source says so, and where to go."""
    whose = f" Việc này thuộc {matter.whose}." if matter.whose else ""
    where = matter.where or (
        "Xin hỏi Trung tâm Phục vụ hành chính công của tỉnh hoặc của xã, phường."
    )
    return (
        f"«{matter.name}» không thuộc các thủ tục của cơ quan này.{whose} {where}\n"
        f"Cổng Dịch vụ công quốc gia: {common.PORTAL}"
    )


def not_found(office: OfficeCard) -> str:
    """Say honestly that nothing fits, and where to turn."""
    return (
        "Trợ lý chưa tìm thấy thủ tục nào khớp với câu hỏi này. Có thể việc này thuộc cơ quan "
        "khác, hoặc xin Ông/Bà nói rõ hơn: việc gì, giấy gì, cho cái gì.\n\n"
        f"{common.contact(office)}"
    )


def outdated_code() -> str:
    """Say that a code of the oldest form is no longer in use."""
    return (
        "Mã dạng này là mã cũ, nay không còn dùng. Xin nói tên việc cần làm, hoặc chọn theo lĩnh "
        "vực."
    )


def unknown_code(code: str) -> str:
    """Say that a code is not in this office's catalogue."""
    return (
        f"Mã {code} không có trong danh mục thủ tục của cơ quan này. Có thể mã đã thay đổi hoặc "
        "thuộc cơ quan khác. Xin nói tên việc cần làm, hoặc tra mã tại Cổng Dịch vụ công quốc "
        f"gia: {common.PORTAL}"
    )


def replaced_code(code: str, successors: tuple[Procedure, ...]) -> str:
    """Say which procedures took the place of an old code."""
    codes = ", ".join(one.code for one in successors)
    return f"Mã {code} là mã cũ, nay thay bằng: {codes}. Ông/Bà cần việc nào?"


def still_about(procedure: Procedure) -> str:
    """Say that the last words were not understood, and what the talk is still about."""
    return (
        f"Trợ lý chưa hiểu ý vừa rồi. Ông/Bà đang hỏi về «{short_title(procedure)}». Xin chọn một "
        "phần dưới đây; nếu hỏi việc khác, xin nói rõ việc gì, giấy gì."
    )
