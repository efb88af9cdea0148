"""What is said when the talk itself is to be mended: which choice, what was meant, which way."""

from collections.abc import Callable, Sequence
from typing import Final

from handlers.desk import OfficeCard
from handlers.texts import asking_back, common, fees, guide, limits, papers
from handlers.texts import procedures as procedure_texts
from knowledge.glossary import Glossary
from knowledge.procedures.papers import by_case, case_name, cases_of, papers_of
from knowledge.procedures.procedure import Facet, Procedure

_EXPLAINED: Final = 4  # words
_DIFFER_IN: Final[dict[str, Callable[[Procedure], str]]] = {
    "Giấy tờ": papers.in_short,
    "Phí, lệ phí": fees.in_short,
    "Thời hạn": limits.in_short,
}
IN_OTHER_WORDS: Final = "Trợ lý xin nói lại cho dễ hiểu."
STILL_UNCLEAR: Final = "Chỗ nào chưa rõ, xin chọn một phần bên dưới hoặc gặp cán bộ."
OTHER_WAY: Final = (
    "Xin Ông/Bà viết việc cần làm bằng lời thường, hoặc chọn theo lĩnh vực, hoặc gặp cán bộ."
)
NO_CODE: Final = (
    "Mã in trên giấy đã nhận khi nộp. Nếu không có mã, trợ lý không tra được; xin hỏi nơi đã nộp."
)
NO_CASES: Final = "Nguồn dữ liệu không chia thủ tục này theo trường hợp."


def differences(procedures: tuple[Procedure, ...], glossary: Glossary, card: OfficeCard) -> str:
    """Tell what sets procedures apart: what each is for, then the facts in which they differ."""
    labels = asking_back.telling_labels(procedures)
    differing = [
        (name, tell)
        for name, tell in _DIFFER_IN.items()
        if len({tell(one) for one in procedures}) > 1
    ]
    lines = ["Các việc này khác nhau như sau:"]
    for number, (one, label) in enumerate(zip(procedures, labels, strict=True), 1):
        purpose = _purpose(one, procedures)
        lines.append(f"{number}. {label}{f' ({purpose})' if purpose else ''}")
        lines += [f"- {name}: {tell(one)}" for name, tell in differing]
    lines += _explained(" ".join(labels), glossary)
    return "\n".join([*lines, "", _or_a_person(card)])


def cases(procedure: Procedure, card: OfficeCard) -> str:
    """Tell which papers every case needs, and how many each case adds."""
    shared = papers_of(procedure, ())
    lines = [f"{procedure.title}", ""]
    if shared:
        lines.append("Trường hợp nào cũng cần:")
        lines += [f"- {paper.name}" for paper in by_case(shared)]
    for case in cases_of(procedure):
        own = len(papers_of(procedure, (case,))) - len(shared)
        lines.append(f"Trường hợp «{case_name(case)}»: {'thêm ' if shared else ''}{own} giấy.")
    return "\n".join([*lines, "", _or_a_person(card)])


def amounts(procedure: Procedure, card: OfficeCard) -> str:
    """Tell all amounts, since the case that decides between them is not known."""
    told = procedure_texts.parts(procedure, (Facet.FEE,))
    return f"{told}\n\n{_or_a_person(card)}"


def any_way(card: OfficeCard) -> str:
    """Offer other ways than the choices."""
    return f"{OTHER_WAY}\n\n{common.contact(card)}"


def no_code(card: OfficeCard) -> str:
    """Say where a code stands, and what to do without one."""
    return f"{NO_CODE}\n\n{common.contact(card)}"


def which_part(procedure: Procedure) -> str:
    """Ask for one part instead of telling all."""
    return f"{asking_back.short_title(procedure)}\n\nÔng/Bà cần biết phần nào?"


def no_cases(procedure: Procedure) -> str:
    """Say that the source knows of no cases, and keep to the subject."""
    return f"{asking_back.short_title(procedure)}\n\n{NO_CASES} Ông/Bà cần biết phần nào?"


def _purpose(procedure: Procedure, among: Sequence[Procedure]) -> str:
    """Say in citizens' words what a procedure is for, where the others are for something else."""
    if len({one.operations for one in among}) == 1:
        return ""
    purposes = guide.PURPOSES.items()
    return "; ".join(label.lower() for one, label in purposes if one in procedure.operations)


def _explained(text: str, glossary: Glossary) -> list[str]:
    words = glossary.explained_in(text, _EXPLAINED)
    return ["", *(f"«{word.say[0]}»: {word.means}." for word in words)] if words else []


def _or_a_person(card: OfficeCard) -> str:
    return (
        "Nếu vẫn chưa rõ, xin viết Ông/Bà đang có gì, muốn làm gì, hoặc hỏi cán bộ.\n"
        f"{common.contact(card)}"
    )
