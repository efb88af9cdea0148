"""A reply's plain text as paragraphs of HTML; talk.js does the same in the browser."""

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

_BLANK: Final = re.compile(r"\n\s*\n")
# A full stop or a bracket after an address is the sentence's, not the address's.
_LINK: Final = re.compile(r"""https://[^\s<>"«»]*[^\s<>"«».,;:!?)\]]""")
_ITEM: Final = re.compile(r"(?:[0-9]+\.|-) ")
_ENDS: Final = (".", "?", "!", ":", ";")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, escaped, with its addresses made links."""

    markup: Markup
    is_item: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines; a title is what a longer text begins with."""

    lines: tuple[Line, ...]
    is_title: bool


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Cut *text* at its blank lines."""
    parts = _BLANK.split(text.strip())
    return tuple(
        Paragraph(lines(part), is_title=not index and len(parts) > 1 and _names(part))
        for index, part in enumerate(parts)
    )


def linked(text: str) -> Markup:
    """Escape *text*, and make its addresses links."""
    pieces: list[Markup] = []
    end = 0
    for found in _LINK.finditer(text):
        pieces += [escape(text[end : found.start()]), _link(found[0])]
        end = found.end()
    return Markup().join([*pieces, escape(text[end:])])


def lines(part: str) -> tuple[Line, ...]:
    """Cut a paragraph at its line ends."""
    return tuple(Line(linked(line), is_item=bool(_ITEM.match(line))) for line in part.split("\n"))


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" rel="noopener">{0}</a>').format(address)


def _names(part: str) -> bool:
    """Say whether *part* reads as a name rather than as a sentence."""
    return "\n" not in part and not part.endswith(_ENDS)
