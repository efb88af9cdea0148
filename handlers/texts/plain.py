"""Answers in plain language: fewer references between the words, official ones explained."""

import re
from typing import Final

from handlers.messages import Choice
from knowledge.glossary import Glossary

ON: Final = Choice("Lời dễ hiểu", "/dehieu")
OFF: Final = Choice("Lời như văn bản", "/thuong")
NOW_PLAIN: Final = (
    "Từ giờ trợ lý trả lời bằng lời dễ hiểu hơn: bớt số văn bản, và giải nghĩa từ khó. Muốn trở "
    "lại như cũ, xin chọn «Lời như văn bản»."
)
NOW_OFFICIAL: Final = "Trợ lý trả lời lại theo lời văn bản như trước."
_MOST: Final = 4  # words explained below one answer
_CITED: Final = re.compile(r" \(căn cứ [^()]*\)")


def simplified(text: str, glossary: Glossary) -> str:
    """Leave out the citations within lines, which stand below the answer, and explain words."""
    told = _CITED.sub("", text)
    words = glossary.explained_in(told, _MOST)
    if not words:
        return told
    lines = [f"- {word.say[0]}: {word.means}." for word in words]
    return "\n".join([told, "", "Giải nghĩa:", *lines])
