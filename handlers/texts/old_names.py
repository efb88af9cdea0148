"""What is said when somebody names a place or an office that is no more."""

from collections.abc import Iterable

from knowledge.old_names import Renamed


def notes(heard: Iterable[Renamed]) -> str:
    """Tell today's names, a line each; nothing where no old name was heard."""
    return "\n".join(dict.fromkeys(map(_note, heard)))


def _note(name: Renamed) -> str:
    match name.kind:
        case "province":
            return (
                f"{name.was} nay thuộc {name.now} (từ ngày 01/7/2025, Nghị quyết 202/2025/QH15)."
            )
        case "office":
            return f"{name.was} nay là {name.now} (từ ngày 01/3/2025)."
        case "district":
            return (
                "Từ ngày 01/7/2025 không còn cấp huyện: xin đến Trung tâm Phục vụ hành chính công "
                "của tỉnh hoặc của xã, phường."
            )
