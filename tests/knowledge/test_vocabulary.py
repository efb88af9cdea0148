"""What citizens ask for, heard in their words: parts of an answer, and other wishes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cues import Cues, words_of
from knowledge.errors import UnreadableFileError
from knowledge.phrases import spelt_out
from knowledge.procedures.procedure import Facet
from knowledge.vocabulary import Intent, Vocabulary


@pytest.mark.parametrize(
    ("question", "facets"),
    [
        ("lệ phí bao nhiêu", (Facet.FEE,)),
        ("LE PHI BAO NHIEU", (Facet.FEE,)),
        ("cần giấy tờ gì và phí bao nhiêu", (Facet.DOCUMENTS, Facet.FEE)),
        ("phí bao nhiêu, giấy tờ gì", (Facet.FEE, Facet.DOCUMENTS)),
        ("mất mấy ngày", (Facet.TIME,)),
        ("nộp ở đâu", (Facet.PLACE,)),
        ("có mẫu đơn không", (Facet.FORM,)),
        ("điều kiện thế nào", (Facet.CONDITIONS,)),
        ("căn cứ pháp lý", (Facet.LEGAL,)),
        ("các bước làm", (Facet.STEPS,)),
        ("nộp online được không", (Facet.ONLINE,)),
        ("giấy phép bưu chính", ()),
    ],
)
def test_the_parts_asked_for_are_heard_in_their_order(
    vocabulary: Vocabulary, question: str, facets: tuple[Facet, ...]
) -> None:
    assert vocabulary.asked_facets(question) == facets


def test_a_choice_in_braces_stands_for_each() -> None:
    assert spelt_out("{nộp|gửi} {ở đâu|cho ai}") == [
        "nộp ở đâu", "nộp cho ai", "gửi ở đâu", "gửi cho ai",
    ]  # fmt: skip
    assert spelt_out("ở đâu") == ["ở đâu"]


@given(words=st.lists(st.text("abcdđ ", min_size=1), min_size=1, max_size=4))
def test_every_choice_is_heard(words: list[str]) -> None:
    cues = Cues({Facet.FEE: ["{" + "|".join(words) + "} bao"]})
    for word in words:
        assert cues.hear(words_of(f"xin {word} bao nhieu"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("xin chào", Intent.GREETING),
        ("cam on nhe", Intent.THANKS),
        ("tạm biệt", Intent.GOODBYE),
        ("bạn là robot à", Intent.MACHINE),
        ("cho gặp cán bộ", Intent.PERSON),
        ("tra cứu hồ sơ", Intent.DOSSIER),
        ("tôi muốn phản ánh", Intent.FEEDBACK),
        ("phản ánh của tôi đến đâu rồi", Intent.FEEDBACK_STATUS),
    ],
)
def test_other_wishes_are_heard(vocabulary: Vocabulary, text: str, intent: Intent) -> None:
    assert intent in vocabulary.intents_in(text)


def test_a_cue_within_a_longer_word_is_not_heard(vocabulary: Vocabulary) -> None:
    assert vocabulary.asked_facets("phía trước") == ()
    assert vocabulary.intents_in("chi phí") == ()


@given(text=st.text())
def test_any_text_is_heard_out(vocabulary: Vocabulary, text: str) -> None:
    assert set(vocabulary.asked_facets(text)) <= set(Facet)
    assert set(vocabulary.intents_in(text)) <= set(Intent)


@pytest.mark.parametrize("text", ["[facets", "[facets]\nhello = []", "facets = 1", ""])
def test_a_broken_vocabulary_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"vocabulary\.toml"):
        Vocabulary.load(path)


def test_a_missing_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nowhere\.toml"):
        Vocabulary.load(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("thing", ["phong kham nha khoa", "quan net", "cong ty", "buu cuc"])
def test_to_open_something_asks_for_no_place(vocabulary: Vocabulary, thing: str) -> None:
    asked = vocabulary.asked_facets(f"toi mo {thing} can nhung giay to gi")
    assert asked == (Facet.DOCUMENTS,)
    assert vocabulary.asked_facets("nop toi mo") == (Facet.PLACE,)
