"""The small language of phrases: choices, names, words between, marks, the end."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cues import Cues, clauses_of, words_of
from knowledge.phrases import each_word_of, pieces_of, spelt_out, with_names

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


def test_what_stands_in_brackets_must_be_said_and_is_not_heard() -> None:
    assert _heard(["giấy tờ ({phí|thời hạn})"], "giấy tờ phí") == [(0, 2)]
    assert _heard(["giấy tờ ({phí|thời hạn})"], "giấy tờ cũ") == []
    assert _heard(["(phí) {và|} giấy tờ"], "phí và giấy tờ") == [(1, 4)]


@given(many=st.lists(OTHERS, min_size=1, max_size=6, unique=True))
def test_many_choices_side_by_side_are_heard_as_if_spelt_out(many: list[str]) -> None:
    choice = "{" + "|".join([*many, *(f"{word} nữa" for word in many)]) + "}"
    text = f"{many[0]} nữa {many[-1]} {many[0]} nữa"
    phrase = " ".join([choice] * 3)
    assert max(len(piece.spellings) for piece in pieces_of(phrase)) <= 144
    ((start, _), *_, (_, stop)) = _heard([phrase], text) * 2
    assert (start, stop) == (0, 5)


def test_a_piece_steps_back_where_the_next_would_find_nothing() -> None:
    assert _heard(["xin … {a|a b} … {b c}"], "xin a b c") == [(0, 1), (1, 2), (2, 4)]


@pytest.mark.parametrize("stop", [",", ";", "?", ".", "\n", " - ", " "])
def test_a_gap_ends_with_the_clause(stop: str) -> None:
    words, begins = clauses_of(f"ai bắt máy{stop} duyệt giúp")
    heard = Cues({"": ["ai … duyệt"]}).hear(words, begins)
    assert bool(heard) is (stop in {" ", " - "})


@given(st.text())
def test_clauses_hold_the_words_of_the_text(text: str) -> None:
    words, begins = clauses_of(text)
    assert words == words_of(text)
    assert all(0 <= place <= len(words) for place in begins)


def test_two_spellings_of_the_same_syllables_are_either() -> None:
    assert _heard(["{hang nam|hằng năm}"], "hàng năm") == [(0, 2)]


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
