"""What is said of a checklist: each paper by number, at hand or not, so that it reads aloud."""

from datetime import datetime
from typing import Final

from handlers.desk import OfficeCard
from handlers.messages import Choice
from handlers.texts import asking_back, common
from handlers.texts.papers import case_words, paper_line
from handlers.texts.procedures import old_data, part_choice, trust
from knowledge.checklists import KEPT_DAYS, ChecklistCode, OpenList
from knowledge.procedures.papers import case_name, cases_of, papers_of
from knowledge.procedures.procedure import Facet, Procedure

MINE: Final = Choice("Danh sách giấy tờ của tôi", "/ds")
TICK: Final = "/co"
UNTICK: Final = "/chuaco"
WHICH_CASE: Final = "Danh sách cho trường hợp nào? Ông/Bà chọn trường hợp của mình."
NO_CASE: Final = "Không thuộc trường hợp nào"
NONE_YET: Final = (
    "Ông/Bà chưa có danh sách giấy tờ nào. Xin hỏi giấy tờ của thủ tục cần làm, rồi chọn "
    "«Lập danh sách để đánh dấu»."
)
NOT_OPEN: Final = (
    "Chưa có danh sách giấy tờ nào đang mở. Muốn đánh dấu giấy đã có, xin chọn «Lập danh sách để "
    "đánh dấu»."
)
NOT_KEPT: Final = (
    "Trợ lý không có danh sách mang mã này: có thể mã viết nhầm, hoặc danh sách đã lâu không dùng "
    "nên đã xóa."
)
WHICH_LIST: Final = "Ông/Bà có mấy danh sách giấy tờ. Xem danh sách nào?"
SURE_TO_CLEAR: Final = "Xóa mọi dấu «đã có» trong danh sách này và làm lại từ đầu?"
_HOW_TO: Final = "Có giấy nào rồi, Ông/Bà chọn số của giấy ấy, hoặc viết: «có 1, 3»."
NO_SUCH_NUMBER: Final = "Danh sách không có giấy mang số đó. Xin xem lại số ở đầu mỗi dòng."


def offer(procedure: Procedure, cases: tuple[str, ...]) -> Choice:
    """Offer a list to tick off."""
    return _list_choice("Lập danh sách để đánh dấu", procedure, cases)


def whole(listed: OpenList, card: OfficeCard, now: datetime) -> str:
    """Tell every paper and whether it is at hand, and how to go on."""
    lines = [heading(listed), ""]
    lines += [
        f"{number}. {'Đã có' if paper.key in listed.ticked else 'Chưa có'}: {paper_line(paper)}"
        for number, paper in enumerate(listed.papers, 1)
    ]
    lines += ["", progress(listed), _HOW_TO, "", *_kept(listed, card)]
    lines += ["", trust(listed.procedure)]
    return "\n".join(lines) + old_data(listed.procedure, card, now)


def missing(listed: OpenList, card: OfficeCard, now: datetime) -> str:
    """Tell the papers that are not at hand yet, under the numbers they have in the list."""
    lines = [heading(listed), "", progress(listed)]
    lines += [f"{number}. {paper_line(paper)}" for number, paper in listed.missing]
    codes = f"Mã danh sách: {listed.code}. Mã thủ tục: {listed.procedure.code}."
    return "\n".join([*lines, "", codes]) + old_data(listed.procedure, card, now)


def heading(listed: OpenList) -> str:
    """Name the procedure and the case."""
    cases = "; ".join(case_name(case) for case in listed.cases)
    title = f"Danh sách giấy tờ: {asking_back.short_title(listed.procedure)}"
    return f"{title}\nTrường hợp: {cases}" if cases else title


def choices(listed: OpenList) -> tuple[Choice, ...]:
    """Offer to mark each paper: its number in the list is the number of the choice."""
    marks = (
        Choice(f"Số {number}: chưa có", f"{UNTICK} {listed.code} {paper.key}")
        if paper.key in listed.ticked
        else Choice(f"Số {number}: đã có", f"{TICK} {listed.code} {paper.key}")
        for number, paper in enumerate(listed.papers, 1)
    )
    wider = (
        _list_choice(f"Thêm trường hợp: {case_name(case)}", listed.procedure, (case,), listed.code)
        for case in listed.other_cases
    )
    return (
        *marks,
        *wider,
        Choice("Còn thiếu gì?", f"/conthieu {listed.code}"),
        Choice("Xem cả danh sách", f"/ds {listed.code}"),
        Choice("Làm lại từ đầu", f"/dslai {listed.code}"),
        part_choice(listed.procedure, Facet.PLACE),
    )


def clearing(code: ChecklistCode) -> tuple[Choice, ...]:
    """Offer to take all ticks away, or not to."""
    return (Choice("Xóa mọi dấu", f"/dslai {code} co"), Choice("Giữ nguyên", f"/ds {code}"))


def case_choices(procedure: Procedure) -> tuple[Choice, ...]:
    """Offer a list for each case, and for none of them where there are papers that all need."""
    some = (_list_choice(case_name(case), procedure, (case,)) for case in cases_of(procedure))
    none = Choice(NO_CASE, f"/ds {procedure.code} c0")
    return (*some, *((none,) if papers_of(procedure, ()) else ()), common.CANCEL)


def _list_choice(
    label: str, procedure: Procedure, cases: tuple[str, ...], code: ChecklistCode | None = None
) -> Choice:
    return Choice(label, " ".join(["/ds", code or procedure.code, *case_words(procedure, cases)]))


def list_choice(listed: OpenList) -> Choice:
    """Offer one of several lists."""
    return Choice(asking_back.short_title(listed.procedure), f"/ds {listed.code}")


def progress(listed: OpenList) -> str:
    """Tell how many papers are at hand."""
    whole, left = len(listed.papers), len(listed.missing)
    if not left:
        return (
            f"Đã có cả {whole} giấy trong danh sách. Trước khi đi nộp, xin xem lại nơi nộp, phí, "
            "lệ phí và hỏi nơi tiếp nhận nếu còn điều chưa rõ."
        )
    told = f"Đã có {whole - left} trên {whole} giấy, còn {left}."
    told = told if left < whole else f"Chưa có giấy nào trên {whole} giấy."
    maybe = sum(paper.is_conditional for _, paper in listed.missing)
    return f"{told} {maybe} giấy trong đó chỉ cần trong một số trường hợp." if maybe else told


def _kept(listed: OpenList, card: OfficeCard) -> list[str]:
    told = (
        f"Mã danh sách: {listed.code}. Viết mã này ở kênh khác để xem cùng danh sách. "
        f"Danh sách được giữ {KEPT_DAYS} ngày kể từ lần dùng cuối."
    )
    address = f"{card.public_url.rstrip('/')}/ds/{listed.code}"
    return [told, f"Trang để in: {address}"] if card.public_url else [told]
