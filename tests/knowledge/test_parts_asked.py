"""Which parts of an answer citizens ask for, in the north, the centre and the south."""

import pytest

from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet
from knowledge.text import strip_marks
from knowledge.vocabulary import Vocabulary

ASKED = {
    Facet.DOCUMENTS: (
        "đem theo mớ gì",
        "mấy tờ, bản sao hay bản chính",
        "phải có những loại giấy nào",
        "bỏ gì vô bìa hồ sơ",
        "ảnh mấy nhân mấy",
        "thiếu hộ khẩu có sao không",
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
        "tốn mấy đồng",
        "em sợ tốn kém lắm",
        "có đồng nào phải nộp không",
        "phải bỏ ra mấy đồng",
        "khoảng mấy củ",
        "có được miễn lệ phí không",
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
        "chờ tới chừng nào",
        "bao lâu thì có tờ giấy cầm tay",
        "nộp thứ hai thì thứ sáu lấy được chưa",
        "có kịp trước tết không",
        "hồ sơ nằm ở sở bao lâu",
        "bao lâu mới tới tay mình",
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
        "gửi bưu điện được không",
        "gõ cửa nhà nào",
        "nộp ở sở cũ hay sở mới",
        "ghé chỗ nào nộp",
        "nộp trên xã được không",
        "đem hồ sơ đi mô",
        "gửi về phòng nào",
        "ra phường hay lên sở nộp",
        "nộp tại trung tâm hay nộp sở",
        "gặp ai để nộp",
        "chỗ nào nhận hồ sơ",
        "lên đâu xin",
    ),
    Facet.FORM: (
        "đơn xin viết thế nào",
        "kiếm tờ đơn đâu ra",
        "khai vô giấy nào",
        "có sẵn tờ để điền không",
        "tờ khai lấy ở đâu",
        "cho em xin file mẫu",
        "đơn viết theo mẫu nào",
        "dùng mẫu số mấy",
        "in tờ đơn chỗ nào",
        "có form sẵn không",
    ),
    Facet.CONDITIONS: (
        "có khi nào bị từ chối không",
        "trường hợp nào thì bị trả lại",
        "ai cũng xin được hả",
        "chưa đủ người thì có cho không",
        "vì sao hay bị rớt",
        "công ty nhỏ có được cấp không",
        "phải có mấy nhân viên",
        "cần vốn bao nhiêu",
        "ai mới đủ tư cách",
        "phải học lớp gì trước",
        "chưa có bằng thì có được không",
        "phải đáp ứng những gì",
    ),
    Facet.RESULT: (
        "làm xong cầm được cái gì về",
        "hết hạn sau mấy năm",
        "xài được mấy năm",
        "mấy năm phải gia hạn một lần",
        "nhận bản giấy hay file",
        "xong thì có giấy gì",
        "nhận quyết định hay giấy chứng nhận",
        "cầm về cái gì",
        "giấy có hiệu lực mấy năm",
        "cuối cùng được cấp cái gì",
    ),
    Facet.LEGAL: (
        "cho xin số hiệu văn bản",
        "ai quy định phải làm",
        "lấy gì làm căn cứ mà đòi",
        "có trong luật không",
        "dựa vào đâu",
        "nghị định số mấy",
        "chiếu theo luật chi",
        "căn cứ vào văn bản nào",
        "luật nào bắt",
    ),
    Facet.STEPS: (
        "có ai xuống kiểm tra thực tế không",
        "nộp xong thì tới khâu gì",
        "phải qua mấy chặng",
        "làm cái gì trước tiên",
        "đi qua mấy cửa",
        "làm gì trước làm gì sau",
        "qua mấy vòng duyệt",
        "bước đầu tiên là gì",
        "cụ thể từng bước",
    ),
    Facet.AGENCY: (
        "ai gật thì xong",
        "chữ ký cuối cùng là của ai",
        "bộ còn cấp nữa không hay về tỉnh rồi",
        "sở cấp hay bộ cấp",
        "ông nào ký",
        "tỉnh ký hay trung ương ký",
        "thuộc thẩm quyền cơ quan nào",
        "do ai cấp",
        "chủ tịch ký hay giám đốc ký",
    ),
    Facet.ONLINE: (
        "có phải vác xác lên sở không",
        "có nhất thiết phải đến không",
        "nộp bằng vneid được chưa",
        "có bắt buộc nộp online không",
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
        "em gọi tổng đài mà không ai bắt máy, đăng ký sao đây",
        "nhượng lại đầu số trúng đấu giá",
        "chảo vệ tinh muốn dùng thêm vài năm",
        "dời văn phòng, cập nhật lại địa chỉ trong sổ",
        "phí thì em biết rồi, chỉ em cách làm",
        "bên em có đủ máy móc nhà xưởng rồi, xin sao",
        "cấp lại thế nào",
        "mất cả ngày đi hỏi, giờ xin sao đây",
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
        ("giấy tờ, lệ phí", (Facet.DOCUMENTS, Facet.FEE)),
        ("phí + thời gian", (Facet.FEE, Facet.TIME)),
        ("hồ sơ? phí? bao lâu?", (Facet.DOCUMENTS, Facet.FEE, Facet.TIME)),
        ("ho so dieu kien le phi", (Facet.DOCUMENTS, Facet.CONDITIONS, Facet.FEE)),
        ("giấy má với tiền nong", (Facet.DOCUMENTS, Facet.FEE)),
        ("cần gì, bao tiền, mấy ngày", (Facet.DOCUMENTS, Facet.FEE, Facet.TIME)),
        ("giấy gì, bao lâu", (Facet.DOCUMENTS, Facet.TIME)),
        ("nộp mạng được hông, mấy ngày", (Facet.ONLINE, Facet.TIME)),
        ("nộp onl được không, mẫu đơn nào", (Facet.ONLINE, Facet.FORM)),
    ],
)
def test_several_parts_are_heard_one_after_another(
    vocabulary: Vocabulary, words: str, parts: tuple[Facet, ...]
) -> None:
    assert vocabulary.asked_facets(words) == parts


@pytest.mark.parametrize("no", ["không", "ko", "k", "hông", "hok", "hem", "hôn"])
def test_a_question_ends_in_any_no(vocabulary: Vocabulary, no: str) -> None:
    assert vocabulary.asked_facets(f"xin giấy phép bộ đàm tốn {no}") == (Facet.FEE,)
    assert vocabulary.asked_facets(f"xin giấy phép bộ đàm khỏi lên sở được {no}") == (
        Facet.ONLINE,
    )


@pytest.mark.parametrize("closing", ["", " vậy", " hả em", " rứa", " ad ơi", " nhỉ anh"])
def test_closing_words_ask_for_nothing(vocabulary: Vocabulary, closing: str) -> None:
    assert vocabulary.asked_facets(f"gia hạn bộ đàm nhận giấy hay thẻ{closing}") == (Facet.RESULT,)


def test_what_stands_within_a_question_is_no_second_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.asked_facets("tải đơn ở trang nào") == (Facet.FORM,)


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
