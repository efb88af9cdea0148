"""What is wished counts, not what is done already, waved aside, or meant for others."""

import pytest

from knowledge.cues import words_of
from knowledge.matching import Matcher
from knowledge.matching.clauses import before_wish, declined
from knowledge.operations import Operation, served
from knowledge.vocabulary import Vocabulary


def first(matcher: Matcher, question: str) -> str:
    return matcher.answer(question).ranking[0].procedure.code


def asked(matcher: Matcher, question: str) -> str:
    return matcher.explain(question).splitlines()[1].split(maxsplit=1)[1]


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("tỉnh chấp thuận rồi, giờ xin giấy phép hạn chế", "tỉnh chấp thuận rồi"),
        ("tinh chap thuan roi gio xin giay phep han che", "tinh chap thuan roi"),
        ("em đã thi đậu, nay muốn lấy chứng chỉ hành nghề", "em đã thi đậu, nay"),
        ("thi đậu rồi nộp hồ sơ xin chứng chỉ", "thi đậu rồi"),
        ("thi xong, cần lấy chứng chỉ hành nghề", "thi xong"),
        ("giấy phép hết hạn rồi", ""),  # nothing is wished after it
        ("giấy phép hết hạn rồi ạ giờ", ""),
        ("xin giấy phép bưu chính", ""),
        ("giờ muốn xin giấy phép bưu chính", ""),  # nothing was done before it
        ("rơi giấy phép, giờ muốn xin tờ khác", ""),  # "rơi" is no "rồi"
    ],
)
def test_what_is_done_already_stands_before_the_wish(question: str, before: str) -> None:
    words = words_of(question)
    assert before_wish(words, [True] * len(words)) == len(words_of(before))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("thi nghiệp vụ đại diện shtt đậu rồi, giờ xin chứng chỉ hành nghề", "1.013916"),
        ("tỉnh chấp thuận chuyển giao rồi, giờ tới bước xin giấy phép chuyển giao", "1.013927"),
        ("giấy phép bưu chính nội tỉnh có rồi, giờ muốn chạy liên tỉnh", "1.004376"),
        # What is to be changed is named where it is said that it is there.
        ("giấy phép bưu chính nội tỉnh xin xong lâu rồi, giờ muốn sửa đổi", "1.003687"),
        ("giấy phép bưu chính liên tỉnh đang dùng, muốn gia hạn", "1.004354"),
    ],
)
def test_the_wish_outweighs_what_is_done(matcher: Matcher, question: str, code: str) -> None:
    assert first(matcher, question) == code


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("không cần cấp tỉnh", ["cấp", "tỉnh"]),
        ("chưa dám lên cấp tỉnh đâu", ["cấp", "tỉnh"]),
        ("khong phai la loai cap tinh", ["cap", "tinh"]),
        ("không xét tới cấp tỉnh", ["cấp", "tỉnh"]),
        ("chưa xin giấy phép", []),  # who has not yet, wishes to
        ("được không, cấp tỉnh ấy", []),  # this "không" only asks
        ("không cần", []),
        ("phải không", []),
    ],
)
def test_what_is_waved_aside_is_heard_as_such(question: str, aside: list[str]) -> None:
    words = words_of(question)
    waved = declined(words)
    assert [word.typed for word, one in zip(words, waved, strict=True) if one] == aside


@pytest.mark.parametrize(
    "scope",
    ["chưa dám lên cấp tỉnh", "không xét cấp tỉnh", "chưa với tới cấp tỉnh", "khong can cap tinh"],
)
def test_a_scope_waved_aside_leads_to_the_title_without_it(matcher: Matcher, scope: str) -> None:
    for thing, plain, provincial in (
        ("trung tâm đổi mới sáng tạo", "1.014439", "1.014438"),
        ("trung tâm hỗ trợ khởi nghiệp sáng tạo", "1.014432", "1.014431"),
    ):
        assert first(matcher, f"công nhận {thing}, {scope}") == plain
        assert first(matcher, f"công nhận {thing} cấp tỉnh") == provincial


def test_who_has_no_licence_yet_wants_the_first(matcher: Matcher) -> None:
    question = "xã thay dàn loa không dây mới, chưa có giấy phép bao giờ"
    assert asked(matcher, question) == "amend (1), issue (2)"
    assert first(matcher, question) == "1.010265"


@pytest.mark.parametrize(
    ("question", "operations"),
    [
        ("xin kéo dài chứ không làm lại", "renew (1)"),
        ("không gia hạn mà cấp lại", "reissue (2)"),
        ("chưa gia hạn", "renew (2)"),
    ],
)
def test_an_operation_named_to_be_denied_is_not_asked_for(
    matcher: Matcher, question: str, operations: str
) -> None:
    assert asked(matcher, question) == operations


@pytest.mark.parametrize(
    ("question", "operations"),
    [
        ("tổ kiểm định nước", "none"),  # no "dính nước"
        ("mang danh cấp tỉnh", "none"),  # no "đánh cắp"
        ("sở đòi giấy khác", "none"),  # no "đổi giấy"
        ("chay toan quoc", "none"),  # rather "chạy" than "cháy"
        ("giấy cháy rồi", "lost (1)"),
        ("ngừng bớt một phần dịch vụ", "amend (1)"),
        ("ngừng dịch vụ", "end (1)"),
        ("thêm một phó bản", "reissue (2)"),
    ],
)
def test_operations_are_heard_by_their_marks_and_whole_phrases(
    matcher: Matcher, question: str, operations: str
) -> None:
    assert asked(matcher, question) == operations


def test_disputes_are_settled_only_where_there_is_one(matcher: Matcher) -> None:
    resold = "bán lại internet cố định, không có hạ tầng mạng"
    assert first(matcher, f"{resold}, xin phép thế nào") == "1.013899"
    assert first(matcher, f"{resold}, bị nhà mạng chèn ép, nhờ phân xử") == "1.013877"
    assert Operation.ISSUE not in served("giai quyet tranh chap dat dai", "")


def test_no_paper_is_changed_by_a_dispute(vocabulary: Vocabulary) -> None:
    assert not vocabulary.only_changes_a_paper("tranh chấp")
    assert vocabulary.only_changes_a_paper("gia hạn")


def test_an_exchange_without_a_title_of_its_own_leads_to_another_paper(matcher: Matcher) -> None:
    assert first(matcher, "đổi giấy chi nhánh của tổ chức khoa học công nghệ") == "1.014392"
    exchanged = served("cap doi giay phep tan so", "")[Operation.EXCHANGE]
    amended = served("sua doi giay phep tan so", "")[Operation.EXCHANGE]
    assert 0 < amended < exchanged
    assert Operation.EXCHANGE not in served("gia han giay phep tan so", "")


def test_foreigners_are_meant_only_where_they_are_named(matcher: Matcher) -> None:
    assert first(matcher, "gia hạn tần số bộ đàm nội bộ kho hàng") == "1.010278"
    assert first(matcher, "gia hạn tần số bộ đàm nội bộ sứ quán") == "1.010294"
