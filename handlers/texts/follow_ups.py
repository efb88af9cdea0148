"""What is said of a case that a citizen puts: in the words of the source, or that it has none."""

from collections.abc import Sequence

from handlers.messages import Choice
from handlers.texts import asking_back
from handlers.texts.procedures import PART_LABELS
from knowledge.procedures.procedure import Facet, Procedure


def quoted(put: str, found: Sequence[tuple[Facet, str]]) -> str:
    """Quote what the source says of it, and in which part."""
    lines = [f"Về «{put}», dữ liệu của thủ tục này có ghi:"]
    lines += [f"- {PART_LABELS[facet]}: {sentence}" for facet, sentence in found]
    return "\n".join([*lines, "Trường hợp của Ông/Bà có đúng như vậy không, xin hỏi cán bộ."])


def not_said(put: str, procedure: Procedure) -> str:
    """Say that the catalogue does not speak of it, and whom to ask."""
    data = (
        "dữ liệu của thủ tục này mới chỉ có tên"
        if procedure.completeness == "name_only"
        else "dữ liệu của thủ tục này không nói đến"
    )
    return (
        f"Về «{put}», trợ lý không thấy thủ tục riêng trong danh mục của cơ quan này, và {data}. "
        "Xin hỏi cán bộ trước khi làm."
    )


def another(procedure: Procedure) -> Choice:
    """Offer a procedure that was perhaps meant instead."""
    return Choice(f"Hỏi về: {asking_back.short_title(procedure)}", f"/tt {procedure.code}")
