"""What is wished counts, not what is done already, waved aside, or meant for others."""

import pytest

from knowledge.matching import Matcher
from knowledge.operations import Operation, served
from knowledge.vocabulary import Vocabulary


def first(matcher: Matcher, question: str) -> str:
    return matcher.answer(question).ranking[0].procedure.code


def asked(matcher: Matcher, question: str) -> str:
    return matcher.explain(question).splitlines()[1].split(maxsplit=1)[1]


def test_who_has_no_licence_yet_wants_the_first(matcher: Matcher) -> None:
    question = "xã thay dàn loa không dây mới, chưa có giấy phép bao giờ"
    assert asked(matcher, question) == "amend (1), issue (2)"
    assert first(matcher, question) == "1.010265"


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
