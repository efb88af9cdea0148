"""Which parts of an answer citizens ask for, in the north, the centre and the south."""

import pytest

from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet
from knowledge.text import strip_marks
from knowledge.vocabulary import Vocabulary

ASKED = {
    Facet.DOCUMENTS: (
        "hồ sơ cần chuẩn bị những gì",
        "phải mang theo những giấy tờ nào",
        "nộp mấy bộ hồ sơ",
        "giấy tờ bao gồm chi rứa",
        "có cần nộp ảnh thẻ không",
        "nộp bản photo hay bản gốc",
        "người ta bắt nộp giấy gì",
        "phải trình những gì",
        "cho xin danh mục hồ sơ",
    ),
    Facet.FEE: (
        "tốn bao nhiêu vậy",
        "hết mấy đồng",
        "có tốn xu nào không",
        "tiền nong sao",
        "mắc hay rẻ",
        "có phải trả phí nữa không",
        "tốn nhiêu tiền vậy",
        "đóng cho nhà nước bao nhiêu",
    ),
    Facet.TIME: (
        "mấy bữa thì có",
        "chừng nào nhận được",
        "khi mô mới có",
        "tuần này nộp tuần sau có chưa",
        "có lấy liền trong ngày được không",
        "giải quyết nhanh hay chậm",
        "trong vòng mấy ngày",
        "bao giờ có",
    ),
    Facet.PLACE: (
        "đem hồ sơ đi mô",
        "gửi về phòng nào",
        "ra phường hay lên sở nộp",
        "nộp tại trung tâm hay nộp sở",
        "gặp ai để nộp",
        "chỗ nào nhận hồ sơ",
        "lên đâu xin",
    ),
    Facet.FORM: (
        "tờ khai lấy ở đâu",
        "cho em xin file mẫu",
        "đơn viết theo mẫu nào",
        "dùng mẫu số mấy",
        "in tờ đơn chỗ nào",
        "có form sẵn không",
    ),
    Facet.CONDITIONS: (
        "công ty nhỏ có được cấp không",
        "phải có mấy nhân viên",
        "cần vốn bao nhiêu",
        "ai mới đủ tư cách",
        "phải học lớp gì trước",
        "chưa có bằng thì có được không",
        "phải đáp ứng những gì",
    ),
    Facet.RESULT: (
        "xong thì có giấy gì",
        "nhận quyết định hay giấy chứng nhận",
        "cầm về cái gì",
        "giấy có hiệu lực mấy năm",
        "cuối cùng được cấp cái gì",
    ),
    Facet.LEGAL: (
        "dựa vào đâu",
        "nghị định số mấy",
        "chiếu theo luật chi",
        "căn cứ vào văn bản nào",
        "luật nào bắt",
    ),
    Facet.STEPS: (
        "đi qua mấy cửa",
        "làm gì trước làm gì sau",
        "qua mấy vòng duyệt",
        "bước đầu tiên là gì",
        "cụ thể từng bước",
    ),
    Facet.AGENCY: (
        "sở cấp hay bộ cấp",
        "ông nào ký",
        "tỉnh ký hay trung ương ký",
        "thuộc thẩm quyền cơ quan nào",
        "do ai cấp",
        "chủ tịch ký hay giám đốc ký",
    ),
    Facet.ONLINE: (
        "ngồi ở nhà làm được hông",
        "khỏi lên sở được không",
        "gửi từ xa được không",
        "chụp hình gửi qua zalo được không",
        "có phải lên tận nơi không",
    ),
}


@pytest.mark.parametrize(
    ("part", "words"), [(part, words) for part, some in ASKED.items() for words in some]
)
def test_a_part_is_heard_with_and_without_marks(
    vocabulary: Vocabulary, part: Facet, words: str
) -> None:
    asked = f"gia hạn giấy phép bộ đàm thì {words}"
    assert vocabulary.asked_facets(asked) == (part,)
    assert vocabulary.asked_facets(strip_marks(asked)) == (part,)


@pytest.mark.parametrize(
    "words",
    [
        "tiền thuê mặt bằng đắt quá nên dời chỗ, giấy phép sửa lại sao",
        "mất tiền oan cả năm nay, giờ phải làm gì",
        "giấy tờ cũ bị cháy hết rồi, xin lại sao đây",
        "tốn cả đống tiền mua máy, giờ xin phép kiểu gì",
        "chờ mấy tháng nay rồi mà chưa biết làm gì",
        "khách trả tiền tháng, giờ phải thông báo sao",
        "bỏ ra trăm triệu rồi mới biết phải xin phép, xin sao đây",
        "giám đốc đi công tác mấy tuần nữa mới về, xin lại sao đây",
        "chưa thấy ai trả lời, hướng dẫn giúp",
        "bán hàng qua mạng, muốn xin thì làm thế nào",
        "nghe nói bị phạt mấy chục triệu, giờ sao",
    ],
)
def test_what_is_only_mentioned_is_not_asked_for(vocabulary: Vocabulary, words: str) -> None:
    assert vocabulary.asked_facets(words) == ()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "gia hạn giấy phép bộ đàm cần giấy gì, nộp đâu, mấy bữa có",
            (Facet.DOCUMENTS, Facet.PLACE, Facet.TIME),
        ),
        ("ai ký, hết nhiêu tiền", (Facet.AGENCY, Facet.FEE)),
        (
            "điều kiện sao, qua mấy bước, theo luật nào",
            (Facet.CONDITIONS, Facet.STEPS, Facet.LEGAL),
        ),
        ("nộp onl được không, mẫu đơn nào", (Facet.ONLINE, Facet.FORM)),
    ],
)
def test_several_parts_are_heard_one_after_another(
    vocabulary: Vocabulary, words: str, parts: tuple[Facet, ...]
) -> None:
    assert vocabulary.asked_facets(words) == parts


def test_no_title_asks_for_a_part(vocabulary: Vocabulary, catalog: Catalog) -> None:
    titles = [procedure.title for procedure in catalog.procedures]
    asking = [
        title for title in (*titles, *map(strip_marks, titles)) if vocabulary.asked_facets(title)
    ]
    assert asking == []


def test_a_long_question_in_everyday_words_still_says_of_what(vocabulary: Vocabulary) -> None:
    assert vocabulary.asks_only_of_parts("thời hạn giải quyết của thủ tục này là bao lâu")
    assert not vocabulary.asks_only_of_parts(
        "đăng ký gia hạn, sửa đổi nội dung chuyển giao công nghệ hiện nay theo văn bản nào"
    )
