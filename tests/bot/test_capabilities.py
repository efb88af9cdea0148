"""How a reply is cut to what a channel can show: nothing too long, nothing lost, nothing torn."""

import re
import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.post.capabilities import CHANNELS, Capabilities, render, shorten, split, units
from handlers.messages import Choice, Reply
from handlers.texts import procedures
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet

FAMILY: Final = "👨‍👩‍👧‍👦"
LETTERS: Final = [
    *"aăâeêiouơưyđ0.,;",
    *(unicodedata.normalize("NFD", letter) for letter in "ảấệỡữ"),
    "😀",
    "👍🏽",
    "🇻🇳",
    "❤️",
    FAMILY,
]
TEXTS: Final = st.lists(st.sampled_from([*LETTERS, *LETTERS, " ", " ", "\n", "\n\n"])).map("".join)
LIMITS: Final = st.integers(12, 60)  # a family of four alone takes eleven units


def without_gaps(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(text=TEXTS, limit=LIMITS)
def test_no_part_is_over_the_limit(text: str, limit: int) -> None:
    assert all(units(part) <= limit for part in split(text, limit))


@given(text=TEXTS, limit=LIMITS)
def test_nothing_is_lost_but_white_space(text: str, limit: int) -> None:
    assert without_gaps("".join(split(text, limit))) == without_gaps(text)


@pytest.mark.parametrize("letter", LETTERS)
def test_no_letter_of_many_alike_is_torn(letter: str) -> None:
    for limit in range(units(letter), 30):
        assert {len(part) % len(letter) for part in split(letter * 40, limit)} == {0}


@given(letters=st.lists(st.sampled_from(LETTERS), min_size=20), limit=LIMITS)
def test_no_letter_is_torn(letters: list[str], limit: int) -> None:
    begins = {0}
    for letter in letters:
        begins.add(max(begins) + len(letter))
    at = 0
    for part in split("".join(letters), limit):
        assert at in begins
        at += len(part)


@given(text=TEXTS, limit=LIMITS)
def test_no_part_is_empty_unless_all_is(text: str, limit: int) -> None:
    assert split(text, limit) == ("",) or all(part.strip() for part in split(text, limit))


def test_a_text_is_cut_even_where_nothing_fits() -> None:
    assert split("😀😀", 1) == ("😀", "😀")


def test_nine_hundred_families_stay_whole() -> None:
    parts = split(FAMILY * 900, 4096)
    assert "".join(parts) == FAMILY * 900
    assert all(part.startswith("👨") and part.endswith("👦") for part in parts)


def test_a_letter_larger_than_a_part_is_cut_all_the_same() -> None:
    parts = split("a" + "\u0301" * 50, 20)
    assert "".join(parts) == "a" + "\u0301" * 50
    assert all(units(part) <= 20 for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("một hai\n\nba bốn", ("một hai", "ba bốn")),
        ("một hai\nba bốn", ("một hai", "ba bốn")),
        ("một hai. ba bốn", ("một hai.", "ba bốn")),
        ("một hai ba bốn", ("một hai ba", "bốn")),
        ("mộthaibabốn", ("mộthaibabố", "n")),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, parts: tuple[str, ...]) -> None:
    assert split(text, 10) == parts


def test_units_are_counted_as_the_platforms_do() -> None:
    assert [units(text) for text in ("ệ", "😀", "\ud800")] == [1, 2, 1]


@given(label=TEXTS, limit=LIMITS)
def test_a_shortened_label_fits_and_says_that_it_goes_on(label: str, limit: int) -> None:
    short = shorten(label, limit)
    assert units(short) <= limit
    assert short == label or short.endswith("…")


@pytest.mark.parametrize("caps", CHANNELS.values(), ids=CHANNELS)
def test_every_part_of_every_procedure_fits_every_channel(
    catalog: Catalog, caps: Capabilities
) -> None:
    for procedure in catalog:
        for facet in Facet:
            text = procedures.parts(procedure, (facet,))
            reply = Reply(text, procedures.part_choices(procedure))
            shown = render(reply, caps)
            assert all(0 < units(part) <= caps.text_limit for part in shown.parts)
            assert without_gaps("".join(shown.parts)).startswith(without_gaps(text))


def test_choices_become_buttons_where_there_are_buttons() -> None:
    reply = Reply("Việc nào?", (Choice("Phí", "/tt 1 fee"), Choice("Giấy tờ", "/tt 1 documents")))
    shown = render(reply, CHANNELS["telegram"])
    assert shown.parts == ("Việc nào?",)
    assert shown.buttons == reply.choices


def test_choices_become_numbered_lines_where_there_are_none() -> None:
    reply = Reply("Việc nào?", (Choice("Phí", "/tt 1 fee"), Choice("Giấy tờ", "/tt 1 documents")))
    shown = render(reply, CHANNELS["zalo_bot"])
    assert shown.parts == ("Việc nào?\n\n1. Phí\n2. Giấy tờ\nTrả lời bằng số, ví dụ: 1",)
    assert shown.buttons == ()


def test_more_choices_than_buttons_become_numbered_lines() -> None:
    choices = tuple(Choice(f"việc {number}", f"{number}") for number in range(6))
    shown = render(Reply("Việc nào?", choices), CHANNELS["zalo_oa"])
    assert "\n6. việc 5\n" in shown.parts[0]
    assert shown.buttons == ()


def test_a_reply_without_choices_gets_no_hint() -> None:
    assert render(Reply("Chào"), CHANNELS["zalo_bot"]).parts == ("Chào",)
