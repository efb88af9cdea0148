"""What is said about one procedure: the card, its parts, where they come from.

Only what the catalogue holds is stated; what it does not hold is said to be unknown.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from handlers.desk import OfficeCard
from handlers.messages import Choice
from handlers.texts import common, fees, limits, papers
from knowledge.procedures.procedure import (
    Facet,
    Procedure,
    SubmitWay,
)

HOW_TO_REPORT: Final = "Muốn báo sai, xin bấm «Báo sai» ngay dưới câu trả lời về thủ tục."
ERROR_KEPT: Final = (
    "Cảm ơn Ông/Bà. Câu trả lời vừa rồi đã được ghi lại, không kèm tên ai, để cán bộ kiểm tra. "
    "Nếu muốn nói rõ sai chỗ nào và được trả lời, xin gửi phản ánh."
)
# QĐ 45/2016/QĐ-TTg: what the public post does for a dossier, and that it is paid apart.
_BY_POST: Final = (
    "Gửi qua bưu chính công ích: đưa hồ sơ cho bưu điện, bưu điện kiểm theo danh mục, thu phí và "
    "đưa biên nhận; hồ sơ tính là đã nộp khi bưu điện và cơ quan ký giao nhận. Cước bưu điện trả "
    "riêng, ngoài phí, lệ phí."
)
_BUT_ONLINE: Final = (
    "Nguồn lại ghi là trực tuyến toàn trình; xin xem trang chính thức hoặc hỏi nơi tiếp nhận."
)
_ALL_PARTS: Final = "Phần khác"
_NOTHING: Final[Mapping[Facet, str]] = {}
_FIRST_ASKED: Final = (Facet.DOCUMENTS, Facet.FEE, Facet.TIME, Facet.PLACE)
_CITED: Final = 3  # legal documents named below an answer; the part on law names all

PART_LABELS: Final = {
    Facet.DOCUMENTS: "Giấy tờ",
    Facet.FEE: "Phí, lệ phí",
    Facet.TIME: "Thời hạn",
    Facet.PLACE: "Nơi nộp",
    Facet.FORM: "Mẫu đơn",
    Facet.CONDITIONS: "Điều kiện",
    Facet.STEPS: "Các bước",
    Facet.RESULT: "Kết quả",
    Facet.LEGAL: "Căn cứ pháp lý",
    Facet.AGENCY: "Cơ quan",
    Facet.ONLINE: "Nộp trực tuyến",
    Facet.OVERVIEW: "Tóm tắt",
}


def card(procedure: Procedure) -> str:
    """Sum a procedure up; its parts are one tap away."""
    lines = [procedure.title, ""]
    if procedure.completeness == "name_only":
        lines += [
            (
                "Thủ tục này mới chỉ có mã và tên, chưa có giấy tờ, phí và thời hạn. "
                "Xin hỏi nơi tiếp nhận hoặc xem trên Cổng Dịch vụ công quốc gia."
            ),
            "",
        ]
    else:
        lines += [
            f"Giấy tờ: {papers.in_short(procedure)}",
            f"Phí, lệ phí: {fees.in_short(procedure)}",
            f"Thời hạn: {limits.in_short(procedure)}",
            f"Cách nộp: {_ways(procedure) or common.NOT_SAID}",
            f"Cơ quan giải quyết: {procedure.agency or common.NOT_SAID}",
            *limits.deadline(procedure),
            "",
        ]
    return "\n".join([*lines, trust(procedure)])


def parts(
    procedure: Procedure,
    facets: tuple[Facet, ...],
    *,
    own: Mapping[Facet, str] = _NOTHING,
    added: Mapping[Facet, str] = _NOTHING,
) -> str:
    """Answer just the parts that were asked for; *own*: as told for the citizen's own case."""
    told = body(procedure, facets, own=own, added=added)
    return framed(procedure, told) if told else card(procedure)


def body(
    procedure: Procedure,
    facets: tuple[Facet, ...],
    *,
    own: Mapping[Facet, str] = _NOTHING,
    added: Mapping[Facet, str] = _NOTHING,
) -> str:
    """Tell the parts alone; nothing where only the overview was asked for."""
    told: list[str] = []
    for facet in facets:
        if facet is not Facet.OVERVIEW:
            told += [own.get(facet) or _PARTS[facet](procedure), added.get(facet, "")]
    return "\n\n".join(filter(None, told))


def framed(procedure: Procedure, told: str) -> str:
    """Put what is told between the title and where it comes from."""
    return f"{procedure.title}\n\n{told}\n\n{trust(procedure)}"


def trust(procedure: Procedure) -> str:
    """Say where an answer comes from: code, legal basis, day of the check, link."""
    cited = [law.number for law in procedure.legal_basis[:_CITED]]
    more = len(procedure.legal_basis) - len(cited)
    basis = "; ".join(cited) + (f" và {more} văn bản khác" if more > 0 else "")
    checked = f"{procedure.checked_on:%d/%m/%Y}" if procedure.checked_on else "chưa rõ"
    return (
        f"Mã thủ tục: {procedure.code}. Căn cứ: {basis or 'chưa có trong dữ liệu'}. "
        f"Dữ liệu đối chiếu ngày: {checked}.\n"
        f"Trang chính thức: {procedure.portal_url or common.PORTAL}"
    )


def old_data(procedure: Procedure, card: OfficeCard, now: datetime) -> str:
    """Warn where the data were checked long ago, or, which is another thing, nobody knows when."""
    checked = procedure.checked_on
    if checked is not None and (now.date() - checked).days <= card.fresh_days:
        return ""
    whom = f"gọi {card.telephone}" if card.telephone else "hỏi nơi tiếp nhận"
    told = "dữ liệu này đối chiếu đã lâu" if checked else "chưa rõ dữ liệu này đối chiếu ngày nào"
    return f"\nLưu ý: {told}, xin {whom} để chắc chắn trước khi đi nộp."


def report_error(procedure: Procedure) -> Choice:
    """Offer to say that an answer is wrong."""
    return Choice("Báo sai", f"/baosai {procedure.code}")


def part_choices(procedure: Procedure, *, without: tuple[Facet, ...] = ()) -> tuple[Choice, ...]:
    """Offer the parts of a procedure that it has, and a way to say that something is wrong."""
    if procedure.completeness == "name_only":
        return (common.CONTACT, report_error(procedure))
    parts = (
        part_choice(procedure, facet)
        for facet, has in _has(procedure).items()
        if has and facet not in without
    )
    return (*parts, report_error(procedure))


def few_choices(procedure: Procedure, *, without: tuple[Facet, ...] = ()) -> tuple[Choice, ...]:
    """Offer the parts that are asked for most, where other choices stand before them."""
    facets = (facet for facet in _FIRST_ASKED if facet not in without)
    parts = (part_choice(procedure, facet) for facet in facets)
    return (*parts, Choice(_ALL_PARTS, f"/tt {procedure.code}"), report_error(procedure))


def part_choice(procedure: Procedure, facet: Facet) -> Choice:
    """Offer one part; what the tap sends says all by itself, so an old button still works."""
    return Choice(PART_LABELS[facet], f"/tt {procedure.code} {facet}")


def _has(procedure: Procedure) -> dict[Facet, bool]:
    return {
        Facet.DOCUMENTS: bool(procedure.documents),
        Facet.FEE: True,
        Facet.TIME: bool(procedure.terms),
        Facet.PLACE: True,
        Facet.STEPS: bool(procedure.steps),
        Facet.CONDITIONS: procedure.conditions is not None,
        Facet.FORM: any(document.form for document in procedure.documents),
        Facet.RESULT: procedure.result is not None,
        Facet.LEGAL: bool(procedure.legal_basis),
    }


def _ways(procedure: Procedure) -> str:
    return ", ".join(limits.WAYS[way] for way in procedure.ways)


def _place(procedure: Procedure) -> str:
    lines = [f"Cách nộp: {_ways(procedure) or common.NOT_SAID}.", _agency(procedure)]
    if SubmitWay.ONLINE in procedure.ways:
        lines.append(f"Nộp trực tuyến tại: {procedure.portal_url or common.PORTAL}")
    lines += [_BY_POST] if SubmitWay.POST in procedure.ways else []
    lines += [f"Theo trình tự: {procedure.steps[0]}"] if procedure.steps else []
    return "\n".join(lines)


def _online(procedure: Procedure) -> str:
    if SubmitWay.ONLINE not in procedure.ways:
        listed = _ways(procedure)
        if not listed:
            return f"Nộp trực tuyến: {common.NOT_SAID}."
        told = f"Dữ liệu không ghi hình thức nộp trực tuyến; các cách nộp: {listed}."
        return f"{told} {_BUT_ONLINE}" if procedure.full_online else told
    match procedure.full_online:
        case True:
            kind = "toàn trình: mọi bước làm trên mạng"
        case False:
            kind = "nguồn không ghi là toàn trình, có thể còn bước phải làm trực tiếp"
        case None:
            kind = "nguồn không ghi là toàn trình hay một phần"
    return (
        f"Nộp trực tuyến: được ({kind}). "
        f"Nộp tại Cổng Dịch vụ công quốc gia: {procedure.portal_url or common.PORTAL}"
    )


def _conditions(procedure: Procedure) -> str:
    return f"Yêu cầu, điều kiện: {procedure.conditions or common.NOT_SAID}"


def _steps(procedure: Procedure) -> str:
    if not procedure.steps:
        return f"Các bước: {common.NOT_SAID}."
    steps = enumerate(procedure.steps, start=1)
    return "\n".join(["Các bước:", *(f"{number}. {step}" for number, step in steps)])


def _result(procedure: Procedure) -> str:
    return f"Kết quả: {procedure.result or common.NOT_SAID}"


def _legal(procedure: Procedure) -> str:
    if not procedure.legal_basis:
        return f"Căn cứ pháp lý: {common.NOT_SAID}."
    lines = [f"- {law.number}: {law.title}" for law in procedure.legal_basis]
    if procedure.decision:
        lines.append(f"- Quyết định công bố: {procedure.decision}")
    return "\n".join(["Căn cứ pháp lý:", *lines])


def _agency(procedure: Procedure) -> str:
    return f"Cơ quan giải quyết: {procedure.agency or common.NOT_SAID}."


_PARTS: Final[dict[Facet, Callable[[Procedure], str]]] = {
    Facet.DOCUMENTS: papers.documents,
    Facet.FEE: fees.told,
    Facet.TIME: limits.told,
    Facet.PLACE: _place,
    Facet.FORM: papers.forms,
    Facet.CONDITIONS: _conditions,
    Facet.STEPS: _steps,
    Facet.RESULT: _result,
    Facet.LEGAL: _legal,
    Facet.AGENCY: _agency,
    Facet.ONLINE: _online,
}
