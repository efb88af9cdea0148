"""Which choice an answer means, and when that is better asked again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.picking import Marks, marks_in, pick
from knowledge.text import marked

LABELS = ("Đăng ký kết hôn", "Đăng ký khai sinh", "Trích lục")


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("Đăng ký kết hôn", "Đăng ký kết hôn"),
        ("  đăng ký KẾT hôn! ", "Đăng ký kết hôn"),
        ("dang ky ket hon", "Đăng ký kết hôn"),
        ("đăng ký khai sih", "Đăng ký khai sinh"),
        ("trich luc", "Trích lục"),
        ("2", "Đăng ký khai sinh"),
        ("2.", "Đăng ký khai sinh"),
        ("02", "Đăng ký khai sinh"),
        ("số 3", "Trích lục"),
        ("việc số 3 nhé", "Trích lục"),
        ("chọn 1 ạ", "Đăng ký kết hôn"),
        ("một", "Đăng ký kết hôn"),
        ("cái đầu tiên", "Đăng ký kết hôn"),
        ("thứ hai", "Đăng ký khai sinh"),
        ("cái thứ hai", "Đăng ký khai sinh"),
        ("ý thứ ba", "Trích lục"),
        ("cái cuối", "Trích lục"),
        ("cai dau tien", "Đăng ký kết hôn"),
        ("cai thu hai", "Đăng ký khai sinh"),
        ("cuoi cung", "Trích lục"),
    ],
)
def test_an_answer_means_its_choice(answer: str, label: str) -> None:
    index = pick(answer, LABELS)
    assert index is not None
    assert LABELS[index] == label


@pytest.mark.parametrize(
    "answer", ["đăng ký", "9", "0", "thứ chín", "xin chào", "", "?!", "1 2", "hai ba", "12 tháng"]
)
def test_an_unsure_answer_is_asked_again(answer: str) -> None:
    assert pick(answer, LABELS) is None


def test_number_words_are_read_with_their_marks_only() -> None:
    labels = ("Nữ", "Nam", "Khác", "Không nói", "Không biết")
    assert pick("nam", labels) == labels.index("Nam")
    assert pick("năm", labels) == 4
    assert pick("nam", ("a", "b", "c", "d", "e")) is None
    assert pick("tự", labels) is None
    assert pick("thứ tư", labels) == 3


@pytest.mark.parametrize("name", ["Nhất", "Một", "Đầu", "Cuối"])
def test_a_word_is_no_number_where_there_is_one_choice_only(name: str) -> None:
    assert pick(name, ["Thôi"]) is None
    assert pick("1", ["Thôi"]) == 0


def test_labels_that_differ_by_their_marks_are_told_apart() -> None:
    labels = ("Cấp lại", "Cặp lái")
    assert [pick(label, labels) for label in labels] == [0, 1]
    assert pick("cap lai", labels) is None


@given(answer=st.text(), labels=st.lists(st.text()))
def test_any_answer_to_any_choices_is_an_index_or_none(answer: str, labels: list[str]) -> None:
    index = pick(answer, labels)
    assert index is None or 0 <= index < len(labels)


@given(labels=st.lists(st.text(), unique_by=marked, min_size=1))
def test_every_label_means_itself(labels: list[str]) -> None:
    assert [pick(label, labels) for label in labels] == list(range(len(labels)))


@given(count=st.integers(1, 30))
def test_every_number_means_its_line(count: int) -> None:
    labels = ["việc " + "x" * number for number in range(count)]
    assert [pick(f"{number}", labels) for number in range(1, count + 1)] == list(range(count))


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("có 1, 3", Marks(there=True, numbers=(1, 3))),
        ("xong số 2 rồi ạ", Marks(there=True, numbers=(2,))),
        ("co giay so 1 va 2", Marks(there=True, numbers=(1, 2))),
        ("1 2 5", Marks(there=True, numbers=(1, 2, 5))),
        ("chưa có 4", Marks(there=False, numbers=(4,))),
        ("đủ hết rồi", Marks(there=True, numbers=())),
        ("chưa có hết", None),
        ("có", None),
        ("có 0", None),
        ("có 100", None),
        ("có 2 máy x quang", None),
        ("phí bao nhiêu", None),
    ],
)
def test_marks_are_read_only_where_nothing_else_was_said(said: str, marks: Marks | None) -> None:
    assert marks_in(said) == marks
