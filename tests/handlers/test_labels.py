"""The names of choices: short, telling, and never cut off before the word that matters."""

import re
from typing import Final

import pytest

from bot.bench.quality import read_questions
from bot.post.capabilities import CHANNELS, Capabilities, shorten
from handlers.guide import PAGE
from handlers.texts import asking_back, labels
from knowledge.matching import Answer, Matcher, Unclear
from knowledge.operations import Operation
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure
from knowledge.text import marked
from tests.citizen import Citizen
from tests.knowledge.examples import QUESTIONS

Labels = tuple[str, ...]
BUTTONS: Final = [caps for caps in CHANNELS.values() if caps.buttons]
WORTH_NAMING: Final = 30.0  # points
LOOSE: Final = re.compile(r"\b(?:và|của|trong|với|cho|đối với|hoặc|tại|do|về|từ|theo|là|các|để)$")
AMENDMENTS: Final = "sửa đổi bổ sung giấy phép viễn thông"


def offered_by(answer: Answer) -> list[tuple[Procedure, ...]]:
    """Give the procedures that are offered, or might have been: the first two, three, four."""
    if isinstance(answer, Unclear):
        return [tuple(match.procedure for match in answer.matches)]
    near = tuple(match.procedure for match in answer.ranking if match.score > WORTH_NAMING)
    return [near[:size] for size in (2, 3, 4) if len(near) >= size]


@pytest.fixture(scope="module")
def questions_back(matcher: Matcher, catalog: Catalog) -> dict[tuple[Procedure, ...], Labels]:
    """Give the labels of all choices that may be offered together."""
    asked = [one.text for one in read_questions(QUESTIONS) if one.half == "tuning"]
    near = [some for text in (AMENDMENTS, *asked) for some in offered_by(matcher.answer(text))]
    pages = [
        tuple(serving[start : start + PAGE])
        for field in catalog.fields()
        for operation in Operation
        for serving in [
            [one for one in catalog if one.field == field and operation in one.operations]
        ]
        for start in range(0, len(serving), PAGE)
    ]
    return {some: asking_back.telling_labels(some) for some in [*near, *pages]}


def words(text: str) -> set[str]:
    return set(marked(text).split())


@pytest.mark.parametrize("caps", BUTTONS, ids=lambda caps: caps.channel)
def test_cut_to_a_button_every_choice_is_told_from_every_other(
    questions_back: dict[tuple[Procedure, ...], Labels], caps: Capabilities
) -> None:
    assert questions_back
    for offered in questions_back:
        shown = [shorten(label, caps.label_limit) for label in asking_back.telling_labels(offered)]
        for one, label in zip(offered, shown, strict=True):
            for other, another in zip(offered, shown, strict=True):
                if other is one or words(one.title) == words(other.title):
                    continue
                told = words(label) - words(other.title) or words(another) - words(one.title)
                assert told, (label, another)
        assert len(set(shown)) == len(shown)
        assert not [label for label in shown if LOOSE.search(label.rstrip("…) "))]


def test_what_a_question_is_about_ends_in_a_word_of_its_own(
    questions_back: dict[tuple[Procedure, ...], Labels],
) -> None:
    for offered in questions_back:
        about = re.search(r"«(.+?)»", asking_back.which_one(offered))
        if about is not None:
            assert not LOOSE.search(about[1].rstrip("…) "))


async def test_amendments_of_a_telecoms_licence_differ_where_buttons_are_short(
    citizen: Citizen,
) -> None:
    await citizen.says(AMENDMENTS)
    shown = [shorten(label, labels.ROOM) for label in citizen.offered]
    assert len(set(shown)) == len(shown) == 5


def test_no_channel_shows_less_than_labels_are_made_for() -> None:
    assert min(caps.label_limit for caps in BUTTONS) == labels.ROOM


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Khoa học và", "Khoa học"),
        ("Hỗ trợ công bố trong", "Hỗ trợ công bố"),
        ("Giấy phép đối với", "Giấy phép"),
        ("tổ chức ở nước ngoài của", "tổ chức ở nước ngoài"),
        ("và", "và"),
    ],
)
def test_no_name_ends_in_a_word_that_leads_on(text: str, own: str) -> None:
    assert labels.closed(text) == own
