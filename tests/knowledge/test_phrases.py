"""The small language of phrases: choices, names, words between, marks, the end."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cues import Cues, words_of
from knowledge.phrases import each_word_of, spelt_out, with_names

OTHERS = st.sampled_from(["một", "hai", "xe", "anh", "nhà", "đi"])


def _heard(phrases: Sequence[str], text: str) -> list[tuple[int, int]]:
    return [(cue.start, cue.stop) for cue in Cues({"": phrases}).hear(words_of(text))]


@given(between=st.lists(OTHERS, max_size=8))
def test_a_few_words_may_stand_between_two_pieces(between: list[str]) -> None:
    text = " ".join(["ai", *between, "duyệt"])
    last = len(between) + 1
    expected = [(0, 1), (last, last + 1)] if len(between) <= 3 else []
    assert _heard(["ai … {duyệt|ký}"], text) == expected


@given(between=st.lists(OTHERS, max_size=30))
def test_the_setting_may_stand_far_off_and_is_not_heard_itself(between: list[str]) -> None:
    text = " ".join(["giấy phép", *between, "cần gì"])
    assert _heard(["giay phep …… can gi"], text) == [(len(between) + 2, len(between) + 4)]


def test_pieces_are_found_only_in_their_order() -> None:
    assert _heard(["ai … duyệt"], "duyệt cho ai") == []


def test_more_words_count_for_more_wherever_they_stand() -> None:
    cues = Cues({"form": ["mau … o dau"], "place": ["o dau"]})
    assert {cue.meaning for cue in cues.hear(words_of("mẫu đó lấy ở đâu"))} == {"form"}
    assert {cue.meaning for cue in cues.hear(words_of("nộp ở đâu"))} == {"place"}


@pytest.mark.parametrize(
    ("said", "heard"),
    [("mấy ngày", True), ("may ngay", True), ("máy ngày", False), ("mây ngay", False)],
)
def test_a_syllable_with_marks_asks_for_them_unless_they_were_left_out(
    said: str, *, heard: bool
) -> None:
    assert bool(_heard(["mấy ngay"], said)) is heard


def test_what_is_written_without_marks_is_heard_with_any() -> None:
    assert _heard(["mấy ngay"], "mấy ngáy") == [(0, 2)]
    assert _heard(["=mấy ngay"], "mấy ngáy") == []


def test_hoi_and_nga_are_not_told_apart() -> None:
    assert _heard(["mẫu nao"], "mẩu nào") == [(0, 2)]


def test_names_stand_for_choices_within_choices_too() -> None:
    named = {"where": "ở đâu|chỗ nào"}
    assert with_names("nộp <where>", named) == "nộp {ở đâu|chỗ nào}"
    assert with_names("nộp {<where>|cho ai}", named) == "nộp {ở đâu|chỗ nào|cho ai}"


@given(choices=st.lists(st.lists(OTHERS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_few_phrases_hold_every_choice(choices: list[list[str]]) -> None:
    phrase = " ".join("{" + "|".join(some) + "}" for some in choices)
    few = each_word_of(phrase)
    assert len(few) == max(map(len, choices))
    assert {*few} <= {*spelt_out(phrase)}
    assert {word for one in few for word in one.split()} == {
        one for some in choices for one in some
    }
