"""What is said of the papers of a dossier and their forms: by case, each in how many copies."""

import re
from collections.abc import Sequence
from itertools import count, groupby
from typing import Final

from handlers.messages import Choice
from handlers.texts import common
from knowledge.procedures.papers import Paper, by_case, case_name, cases_of, papers_of
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.text import fold

WHICH_CASE: Final = "Giấy tờ còn tùy trường hợp. Trường hợp của Ông/Bà là gì?"
_LONG: Final = 1500  # letters; about four screens of a small telephone
_NOT_COUNTED: Final = (
    "Giấy nào không ghi số bản là do nguồn không ghi riêng, xin hỏi nơi tiếp nhận."
)
_COUNTED_IN_NAME: Final = re.compile(r"\d+ (?:bản|ảnh|bộ|tờ)\b")  # "02 ảnh": no other number
_FORM_NUMBER: Final = re.compile(r"mau (?:so )?\w+")
_APPLICATION: Final = re.compile(  # with what a paper begins that asks or tells the office
    r"(?:\d+ )?(?:(?:ban|bo|giay|van ban|cong van|phieu|bieu mau) )?(?:don|to khai|khai|de nghi"
    r"|dang ky|yeu cau|de xuat|thong bao|bao cao|cong bo|ho so|to trinh|cong van|phieu)\b"
)
_NO_APPLICATION: Final = (
    "Danh sách của nguồn không nêu đơn hay tờ khai nào, nên có thể chưa đủ: xin hỏi nơi tiếp nhận "
    "trước khi nộp."
)
_LOOKED_UP: Final = "có thể không phải nộp"


def in_short(procedure: Procedure) -> str:
    """Count the papers that every case needs; those of cases are counted nowhere together."""
    count_of_all = len(papers_of(procedure, ()))
    if not cases_of(procedure):
        return f"{count_of_all} loại" if count_of_all else common.NOT_SAID
    return f"{count_of_all} loại, thêm tùy trường hợp" if count_of_all else "tùy trường hợp"


def documents(procedure: Procedure) -> str:
    """Tell the papers of every case; where that is far too long, those of all cases alone."""
    if not procedure.documents:
        return f"Giấy tờ cần nộp: {common.NOT_SAID}."
    told = _listed(papers_of(procedure)) + _doubt(procedure)
    if len(told) <= _LONG or len(cases_of(procedure)) == 1 or not cases_of(procedure):
        return told
    shared = papers_of(procedure, ())
    return "\n\n".join([*([_listed(shared, of_all=True)] if shared else []), WHICH_CASE])


def documents_of(procedure: Procedure, cases: tuple[str, ...]) -> str:
    """Tell the papers of certain cases."""
    return _listed(papers_of(procedure, cases)) + _doubt(procedure)


def case_choices(procedure: Procedure, chosen: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Offer the cases, alone or in addition to those that are *chosen*; the tap says all."""
    cases = cases_of(procedure)
    if len(cases) + bool(papers_of(procedure, ())) == 1:
        return ()
    lead = "Thêm trường hợp: " if chosen else "Trường hợp: "
    start = ["/tt", procedure.code, Facet.DOCUMENTS]
    return tuple(
        Choice(lead + case_name(case), " ".join([*start, *case_words(procedure, (*chosen, case))]))
        for case in cases
        if case not in chosen
    )


def case_words(procedure: Procedure, chosen: tuple[str, ...]) -> list[str]:
    """Write cases as a tap sends them: by their numbers."""
    cases = cases_of(procedure)
    return [f"c{number}" for number in sorted(cases.index(case) + 1 for case in chosen)]


def chosen_in(words: list[str], procedure: Procedure) -> tuple[str, ...]:
    """Read the cases that a command names; what cannot be is passed over."""
    cases = cases_of(procedure)
    numbers = {int(word[1:]) for word in words if word[:1] == "c" and word[1:].isdecimal()}
    return tuple(case for number, case in enumerate(cases, 1) if number in numbers)


def forms(procedure: Procedure) -> str:
    """Tell the forms, and where the source keeps them."""
    papers = [paper for paper in papers_of(procedure) if paper.form or paper.file]
    if not papers:
        return f"Mẫu đơn, tờ khai: {common.NOT_SAID}."
    lines = ["Mẫu đơn, tờ khai:"]
    lines += dict.fromkeys(f"- {_form(paper)}: {paper.name}" for paper in papers)
    lines.append(f"Tải mẫu tại trang của thủ tục: {procedure.portal_url or common.PORTAL}")
    return "\n".join(lines)


def listed(asked: str, found: Sequence[Paper]) -> str:
    """Say that the list holds what was asked after, in the words of the list."""
    lines = [f"Trong danh sách giấy tờ của thủ tục này có nêu «{asked}»:"]
    lines += dict.fromkeys(
        f"- {paper_line(paper)}" + (f". Trường hợp: {case_name(paper.case)}" if paper.case else "")
        for paper in found
    )
    return "\n".join(lines)


def not_listed(asked: str, mentioned: Sequence[str]) -> str:
    """Say that the list does not hold it, where else it is spoken of, and whom to ask."""
    elsewhere = " và ".join(f"«{part}»" for part in mentioned)
    but = f" Phần {elsewhere} có nhắc đến." if mentioned else ""
    return (
        f"Trong danh sách giấy tờ của thủ tục này không thấy nêu «{asked}».{but} Muốn chắc chắn, "
        "xin hỏi nơi tiếp nhận trước khi nộp."
    )


def no_list(asked: str) -> str:
    """Say that there is no list to look in."""
    return (
        f"Nguồn dữ liệu không ghi giấy tờ của thủ tục này, nên trợ lý không biết có cần «{asked}» "
        "hay không. Xin hỏi nơi tiếp nhận trước khi nộp."
    )


def paper_line(paper: Paper) -> str:
    """Tell a paper: its name, in how many copies, on which form, and what the source adds."""
    copies = (
        ""
        if _COUNTED_IN_NAME.match(paper.name)
        else ", ".join(
            f"{number:02d} {kind}"
            for number, kind in ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
            if number
        )
    )
    extra = [copies] if copies else []
    extra += [f"theo {paper.form}"] if paper.form and not _names_form(paper) else []
    extra += [_LOOKED_UP] if paper.is_looked_up else []
    extra += paper.notes
    return paper.name + (f" ({'; '.join(extra)})" if extra else "")


def _names_form(paper: Paper) -> bool:
    """Say whether the name of a paper tells its form already, number by number."""
    name, form = fold(paper.name), fold(paper.form or "")
    number = _FORM_NUMBER.match(form)
    is_numbered = number is not None and f" {number[0]} " in f" {name} "
    return is_numbered and set(form.split()) <= set(name.split())


def _form(paper: Paper) -> str:
    file = f"tệp «{paper.file}»" if paper.file else ""
    return ", ".join(filter(None, (paper.form, file)))


def _doubt(procedure: Procedure) -> str:
    """Say so where the source lists papers, and none with which anything is applied for."""
    papers = papers_of(procedure)
    has_one = any(one.form or one.file or _APPLICATION.match(fold(one.name)) for one in papers)
    return "" if has_one else f"\n\n{_NO_APPLICATION}"


def _listed(papers: tuple[Paper, ...], *, of_all: bool = False) -> str:
    some_for_all = of_all or (
        any(paper.case for paper in papers) and not all(paper.case for paper in papers)
    )
    lines = ["Giấy tờ cần nộp, mọi trường hợp:" if some_for_all else "Giấy tờ cần nộp:"]
    numbers = count(1)
    for case, some in groupby(by_case(papers), key=lambda paper: paper.case):
        lines += ["", f"Trường hợp: {case_name(case)}"] if case else []
        lines += [f"{next(numbers)}. {paper_line(paper)}" for paper in some]
    if not all(paper.is_counted for paper in papers):
        lines += ["", _NOT_COUNTED]
    return "\n".join(lines)
