"""What each channel can show, and a reply cut to fit it: parts, buttons or numbered lines."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from handlers.messages import Choice, Reply
from handlers.texts import labels

_BREAKS: Final = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?;:])\s"),
    re.compile(r"\s"),
)
_ZERO_WIDTH_JOINER: Final = "\u200d"
_SKIN_TONES: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_NUMBER_HINT: Final = "Trả lời bằng số, ví dụ: 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The limits of a channel; lengths are counted in UTF-16 units, as the platforms do."""

    channel: str
    text_limit: int
    buttons: int
    label_limit: int
    files: bool = False
    """It can be sent files."""
    whole: bool = False
    """It shows a reply as it is, with all that belongs to it."""
    window: timedelta | None = None
    """How long after a citizen's last words it may be written to; None: for ever."""


CHANNELS: Final = {
    caps.channel: caps
    for caps in (
        Capabilities(channel="telegram", text_limit=4096, buttons=100, label_limit=64, files=True),
        Capabilities(channel="zalo_bot", text_limit=2000, buttons=0, label_limit=0),
        Capabilities(
            channel="zalo_oa",
            text_limit=2000,
            # What several programs keep to; no page of Zalo's that we know says it.
            buttons=5,
            label_limit=100,
            window=timedelta(days=7),
        ),
        Capabilities(channel="web", text_limit=20000, buttons=50, label_limit=200, whole=True),
        Capabilities(channel="console", text_limit=20000, buttons=0, label_limit=0),
    )
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as one channel shows it: texts in order, buttons under the last."""

    parts: tuple[str, ...]
    buttons: tuple[Choice, ...]


def render(reply: Reply, caps: Capabilities) -> Rendered:
    """Cut *reply* to what the channel can show."""
    if len(reply.choices) <= caps.buttons:
        return Rendered(split(reply.text, caps.text_limit), reply.choices)
    numbered = [
        f"{number}. {choice.label}"
        for number, choice in enumerate(reply.choices, 1)
        if number > reply.named
    ]
    text = "\n".join([reply.text, "", *numbered, _NUMBER_HINT])
    return Rendered(split(text, caps.text_limit), ())


def shorten(label: str, limit: int) -> str:
    """Cut a button's label at a word that closes something, with a mark that it goes on."""
    short = labels.cut(label, lambda text: units(text) <= limit)
    return short or split(label, limit - 1)[0].rstrip() + labels.GAP


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut *text* into parts of at most *limit* UTF-16 units: at paragraphs, lines, sentences.

    No word is lost; a single longer word is cut between letters, each with all its marks.
    """
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit and len(rest) > 1:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*parts, rest)


def _cut(text: str, limit: int) -> int:
    room = _letters_within(text, limit)
    for pattern in _BREAKS:
        ends = [found.start() for found in pattern.finditer(text, 0, room + 1)]
        ends = [end for end in ends if room // 3 < end <= room]
        if ends:
            return ends[-1]
    return _between_letters(text, room)


def _between_letters(text: str, at: int) -> int:
    """Move back to where a letter begins; one that alone fills the room is cut all the same."""
    start = at
    while start > 0 and _goes_on(text, start):
        start -= 1
    return start or at


def _goes_on(text: str, at: int) -> bool:
    """Say whether the sign at *at* belongs to the letter, emoji or flag before it."""
    return (
        unicodedata.category(text[at]).startswith("M")
        or _ZERO_WIDTH_JOINER in text[at - 1 : at + 1]
        or text[at] in _SKIN_TONES
        or (text[at] in _FLAG_LETTERS and _is_half_a_flag(text[:at]))
    )


def _is_half_a_flag(text: str) -> bool:
    """Say whether *text* ends within a flag, which is a pair of letters."""
    return (len(text) - len(text.rstrip(_FLAG_LETTERS))) % 2 == 1


def _letters_within(text: str, limit: int) -> int:
    used = 0
    for index, letter in enumerate(text):
        used += units(letter)
        if used > limit:
            return max(index, 1)  # something must go
    return len(text)
