"""What is said about procedures: the card, its parts, questions back, the honest no.

Only what the catalogue holds is stated; what it does not hold is said to be unknown.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Final

from babel.numbers import format_decimal

from handlers.desk import OfficeCard
from handlers.messages import Choice
from handlers.texts import common
from knowledge.matching import Matter
from knowledge.procedures.procedure import (
    Document,
    Facet,
    Fee,
    FeeKind,
    Procedure,
    SubmitWay,
    Term,
    TermUnit,
)

NOT_SAID: Final = "nguồn dữ liệu không ghi, xin hỏi nơi tiếp nhận trước khi nộp"
NEITHER: Final = Choice("Không phải các việc trên", "/khongphai")
_CITED: Final = 3  # legal documents named below an answer; the part on law names all
_LONG_RUN: Final = 3  # words; what is shorter says too little to be left out
_RUNS: Final = 2  # at the head and in the middle
_GAP: Final = "…"

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
_UNITS: Final = {
    TermUnit.WORKING_DAY: "ngày làm việc",
    TermUnit.DAY: "ngày",
    TermUnit.MONTH: "tháng",
    TermUnit.HOUR: "giờ",
}
_WAYS: Final = {
    SubmitWay.ONLINE: "trực tuyến",
    SubmitWay.IN_PERSON: "trực tiếp",
    SubmitWay.POST: "qua bưu chính công ích",
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
            f"Giấy tờ: {_count(len(procedure.documents), 'loại')}",
            f"Phí, lệ phí: {_fees_in_short(procedure)}",
            f"Thời hạn: {_terms_in_short(procedure)}",
            f"Cách nộp: {_ways(procedure) or NOT_SAID}",
            f"Cơ quan giải quyết: {procedure.agency or NOT_SAID}",
            "",
        ]
    return "\n".join([*lines, trust(procedure)])


def parts(procedure: Procedure, facets: tuple[Facet, ...]) -> str:
    """Answer just the parts that were asked for."""
    told = [_PARTS[facet](procedure) for facet in facets if facet is not Facet.OVERVIEW]
    if not told:
        return card(procedure)
    return "\n\n".join([procedure.title, *told, trust(procedure)])


def trust(procedure: Procedure) -> str:
    """Say where an answer comes from: code, legal basis, day of the check, link."""
    cited = [law.number for law in procedure.legal_basis[:_CITED]]
    more = len(procedure.legal_basis) - len(cited)
    basis = "; ".join(cited) + (f" và {more} văn bản khác" if more > 0 else "")
    checked = f"{procedure.checked_on:%d/%m/%Y}" if procedure.checked_on else "chưa rõ"
    return (
        f"Mã thủ tục: {procedure.code}. Căn cứ: {basis or 'chưa có trong dữ liệu'}. "
        f"Dữ liệu đối chiếu ngày: {checked}.\n"
        f"Xem bản chính thức: {procedure.portal_url or common.PORTAL}"
    )


def part_choices(procedure: Procedure, *, without: tuple[Facet, ...] = ()) -> tuple[Choice, ...]:
    """Offer the parts of a procedure that it has."""
    if procedure.completeness == "name_only":
        return (common.CONTACT,)
    return tuple(
        part_choice(procedure, facet)
        for facet, has in _has(procedure).items()
        if has and facet not in without
    )


def part_choice(procedure: Procedure, facet: Facet) -> Choice:
    """Offer one part; what the tap sends says all by itself, so an old button still works."""
    return Choice(PART_LABELS[facet], f"/tt {procedure.code} {facet}")


def procedure_choice(procedure: Procedure, label: str, facets: tuple[Facet, ...]) -> Choice:
    """Offer a procedure; what was asked of it is kept."""
    return Choice(label, " ".join(["/tt", procedure.code, *facets][:5]))


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
    if len({tuple(words) for words in labels}) < len(procedures):
        labels = titles
    return tuple(_label(" ".join(words)) for words in labels)


def _label(text: str) -> str:
    """Begin a label with its own words: what all share was named in the question back."""
    own = text.removeprefix(f"{_GAP} ")
    bare = own[1:-1] if own.startswith("(") and own.endswith(")") else own
    return bare[:1].upper() + bare[1:]


def which_one(procedures: tuple[Procedure, ...]) -> str:
    """Ask which of several procedures is meant."""
    run = _common_run([short_title(procedure).split() for procedure in procedures])
    about = " ".join(run).strip(" ,;-()") if len(run) >= _LONG_RUN else ""
    if not about:
        return "Có mấy thủ tục gần với câu hỏi. Ông/Bà cần việc nào?"
    return f"Có mấy thủ tục về «{about}». Ông/Bà cần việc nào?"


def _common_run(titles: list[list[str]]) -> list[str]:
    """Give the longest run of words that stands in all *titles*, in whatever case."""
    first, *others = [[word.lower() for word in words] for words in titles]
    texts = [f" {' '.join(words)} " for words in others]
    for size in range(len(first), 0, -1):
        for start in range(len(first) - size + 1):
            run = first[start : start + size]
            if _GAP not in run and all(f" {' '.join(run)} " in text for text in texts):
                return _closed(titles[0][start : start + size])
    return []


def _closed(run: list[str]) -> list[str]:
    """Leave a bracket out that does not close within the run."""
    for number in range(len(run) - 1, -1, -1):
        if ")" in run[number]:
            return run
        if "(" in run[number]:
            return run[:number]
    return run


def _without(words: list[str], run: list[str]) -> list[str]:
    lower, size = [word.lower() for word in run], len(run)
    for start in range(len(words) - size + 1):
        if [word.lower() for word in words[start : start + size]] == lower:
            return [*words[:start], _GAP, *words[start + size :]]
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


def _documents(procedure: Procedure) -> str:
    if not procedure.documents:
        return f"Giấy tờ cần nộp: {NOT_SAID}."
    lines = ["Giấy tờ cần nộp:"]
    number = 0
    for case, some in groupby(procedure.documents, key=lambda document: document.case):
        lines += ["", f"Trường hợp: {case}"] if case else []
        for document in some:
            number += 1
            lines.append(f"{number}. {_document(document)}")
    return "\n".join(lines)


def _document(document: Document) -> str:
    copies = ", ".join(
        f"{count:02d} {kind}"
        for count, kind in ((document.originals, "bản chính"), (document.copies, "bản sao"))
        if count
    )
    extra = [copies] if copies else []
    extra += [f"theo {document.form}"] if document.form else []
    extra += [document.note] if document.note else []
    return document.name.rstrip(" .;") + (f" ({'; '.join(extra)})" if extra else "")


def _fees(procedure: Procedure) -> str:
    if not procedure.fees:
        return f"Phí, lệ phí: {NOT_SAID}. Chưa có thông tin không có nghĩa là miễn phí."
    lines = ["Phí, lệ phí:", *(f"- {_fee(fee)}" for fee in procedure.fees)]
    if all(fee.amount is None for fee in procedure.fees):
        lines.append(
            "Dữ liệu chưa có số tiền. Như vậy không có nghĩa là miễn phí: "
            "xin hỏi nơi tiếp nhận trước khi nộp."
        )
    return "\n".join(lines)


def _fee(fee: Fee) -> str:
    kind = "Phí" if fee.kind is FeeKind.FEE else "Lệ phí"
    told = [_amount(fee.amount)] if fee.amount is not None else []
    told += [fee.words] if fee.words else []
    source = f" (căn cứ {fee.legal_source})" if fee.legal_source else ""
    return f"{kind}: {'. '.join(told) or 'chưa có số tiền'}{source}"


def _amount(amount: int) -> str:
    return money(amount) if amount else "không thu"


def _fees_in_short(procedure: Procedure) -> str:
    """Tell each kind by itself: a fee and a charge may both be due, so they share no range."""
    if all(fee.amount is None for fee in procedure.fees):
        return "chưa có số tiền trong dữ liệu"
    by_kind = {
        kind: [fee.amount for fee in procedure.fees if fee.kind is kind] for kind in FeeKind
    }
    return "; ".join(f"{kind} {_amounts(some)}" for kind, some in by_kind.items() if some)


def _amounts(amounts: list[int | None]) -> str:
    """Sum up the lines of one kind, of which some may add up and some exclude each other."""
    due = sorted(amount for amount in amounts if amount)
    if not due:
        return _nothing_due(amounts)
    least, most = money(due[0]), money(due[-1])
    if least != most:
        return f"từ {least} đến {most}, tùy khoản và trường hợp"
    if len(due) > 1:
        return f"{least} cho mỗi khoản hoặc trường hợp"
    return least + (" (còn khoản tùy trường hợp)" if len(amounts) > 1 else "")


def _nothing_due(amounts: list[int | None]) -> str:
    if 0 not in amounts:
        return "chưa có số tiền"
    return "tùy trường hợp" if None in amounts else "không thu"


def _terms(procedure: Procedure) -> str:
    if not procedure.terms:
        return f"Thời hạn giải quyết: {NOT_SAID}."
    lines = ["Thời hạn giải quyết:"]
    for said, some in groupby(
        sorted(procedure.terms, key=_term_key), key=lambda term: (_term(term), term.note)
    ):
        ways = ", ".join(dict.fromkeys(_WAYS[term.way] for term in some))
        text, note = said
        lines.append(f"- {text} (nộp {ways})" + (f". Lưu ý: {note}" if note else ""))
    return "\n".join(lines)


def _term_key(term: Term) -> tuple[str, int, str]:
    return (term.unit, term.duration, term.note or "")


def _term(term: Term) -> str:
    return f"{term.duration:02d} {_UNITS[term.unit]}"


def _terms_in_short(procedure: Procedure) -> str:
    terms = list(dict.fromkeys(_term(term) for term in procedure.terms))
    return " hoặc ".join(terms) or NOT_SAID


def _ways(procedure: Procedure) -> str:
    return ", ".join(_WAYS[way] for way in procedure.ways)


def _place(procedure: Procedure) -> str:
    lines = [f"Cách nộp: {_ways(procedure) or NOT_SAID}.", _agency(procedure)]
    if SubmitWay.ONLINE in procedure.ways:
        lines.append(f"Nộp trực tuyến tại: {procedure.portal_url or common.PORTAL}")
    lines += [f"Theo trình tự: {procedure.steps[0]}"] if procedure.steps else []
    return "\n".join(lines)


def _online(procedure: Procedure) -> str:
    if SubmitWay.ONLINE not in procedure.ways:
        listed = _ways(procedure)
        if not listed:
            return f"Nộp trực tuyến: {NOT_SAID}."
        return f"Dữ liệu không ghi hình thức nộp trực tuyến; các cách nộp: {listed}."
    match procedure.full_online:
        case True:
            kind = "toàn trình: mọi bước làm trên mạng"
        case False:
            kind = "chưa phải toàn trình: có bước không làm trên mạng"
        case None:
            kind = "nguồn không ghi là toàn trình hay một phần"
    return (
        f"Nộp trực tuyến: được ({kind}). "
        f"Nộp tại Cổng Dịch vụ công quốc gia: {procedure.portal_url or common.PORTAL}"
    )


def _forms(procedure: Procedure) -> str:
    forms = [document for document in procedure.documents if document.form]
    if not forms:
        return f"Mẫu đơn, tờ khai: {NOT_SAID}."
    lines = ["Mẫu đơn, tờ khai:"]
    lines += [f"- {document.form}: {document.name.rstrip(' .;')}" for document in forms]
    lines.append(f"Tải mẫu tại trang của thủ tục: {procedure.portal_url or common.PORTAL}")
    return "\n".join(lines)


def _conditions(procedure: Procedure) -> str:
    return f"Yêu cầu, điều kiện: {procedure.conditions or NOT_SAID}"


def _steps(procedure: Procedure) -> str:
    if not procedure.steps:
        return f"Các bước: {NOT_SAID}."
    steps = enumerate(procedure.steps, start=1)
    return "\n".join(["Các bước:", *(f"{number}. {step}" for number, step in steps)])


def _result(procedure: Procedure) -> str:
    return f"Kết quả: {procedure.result or NOT_SAID}"


def _legal(procedure: Procedure) -> str:
    if not procedure.legal_basis:
        return f"Căn cứ pháp lý: {NOT_SAID}."
    lines = [f"- {law.number}: {law.title}" for law in procedure.legal_basis]
    if procedure.decision:
        lines.append(f"- Quyết định công bố: {procedure.decision}")
    return "\n".join(["Căn cứ pháp lý:", *lines])


def _agency(procedure: Procedure) -> str:
    return f"Cơ quan giải quyết: {procedure.agency or NOT_SAID}."


_PARTS: Final[dict[Facet, Callable[[Procedure], str]]] = {
    Facet.DOCUMENTS: _documents,
    Facet.FEE: _fees,
    Facet.TIME: _terms,
    Facet.PLACE: _place,
    Facet.FORM: _forms,
    Facet.CONDITIONS: _conditions,
    Facet.STEPS: _steps,
    Facet.RESULT: _result,
    Facet.LEGAL: _legal,
    Facet.AGENCY: _agency,
    Facet.ONLINE: _online,
}


def money(amount: int) -> str:
    """Write an amount of đồng: 5.000.000 đồng."""
    return f"{format_decimal(amount, locale='vi')} đồng"


def _count(amount: int, noun: str) -> str:
    return f"{amount} {noun}" if amount else NOT_SAID
