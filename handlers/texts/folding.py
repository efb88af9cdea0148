"""Long texts in pages that a small telephone shows well: cut between lines, never silently."""

from dataclasses import dataclass
from typing import Final

from handlers.messages import Choice

_PAGE: Final = 1500  # letters; about four screens of a small telephone
_SMALL: Final = 300  # letters; a rest as short as this is not worth a tap


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a text, and whether there is another."""

    text: str
    goes_on: bool


def page(text: str, number: int) -> Page:
    """Give page *number* of *text*, counted from 1; beyond the last, the last."""
    pages = pages_of(text)
    number = min(max(number, 1), len(pages))
    left = len(pages) - number
    if not left:
        return Page(pages[-1], goes_on=False)
    return Page(f"{pages[number - 1]}\n\nCòn {left} trang nữa: chọn «{_ON}».", goes_on=True)


def pages_of(text: str) -> list[str]:
    """Cut *text* into pages; a line is never parted, however long."""
    pages: list[list[str]] = [[]]
    left = len(text)
    for line in text.split("\n"):
        if _length(pages[-1]) + len(line) > _PAGE and left > _SMALL and pages[-1]:
            pages.append([])
        pages[-1].append(line)
        left -= len(line) + 1
    return ["\n".join(lines).strip("\n") for lines in pages]


def go_on(command: str, number: int) -> Choice:
    """Offer page *number* of what *command* shows."""
    return Choice(_ON, f"{command} p{number}")


_ON: Final = "Xem tiếp"


def _length(lines: list[str]) -> int:
    return sum(len(line) + 1 for line in lines)
