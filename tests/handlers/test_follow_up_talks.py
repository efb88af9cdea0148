"""Talks that stay with their subject: a case that is put to it, a paper that may be needed."""

import pytest

from handlers.texts import checklists as list_texts
from handlers.texts import procedures as texts
from knowledge.asked_papers import asked_paper
from knowledge.hypotheses import hypothesis_in
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.mentions import mentions
from knowledge.procedures.procedure import Facet
from knowledge.text import fold
from knowledge.vocabulary import Vocabulary
from tests.citizen import Citizen

POSTAL = "1.003659"
BEYOND = "1.004376"
SUMS = "1.014642"
RENEWAL = "1.014679"  # of radiation work with X-ray devices
NAMED_ONLY = "1.014675"
CONTRACT = "1.013968"
AGENT = "1.013916"
NUMBERS = "1.013910"

NOT_SEEN = "không thấy nêu"


@pytest.mark.parametrize(
    ("subject", "words", "sibling"),
    [
        (POSTAL, "nếu bị mất thì sao", "1.004379"),
        (POSTAL, "neu qua han thi sao", "1.003633"),
        (POSTAL, "thế nếu đổi tên thì sao", "1.003687"),
        (POSTAL, "nếu liên tỉnh thì sao", BEYOND),
        (POSTAL, "neu di quoc te thi sao", BEYOND),
        (NAMED_ONLY, "neu qua han thi sao", RENEWAL),
        (CONTRACT, "còn nếu bị mất thì sao", "1.013972"),
        ("1.014012", "nếu chuyển nhượng thì sao", "1.014015"),
    ],
)
async def test_a_case_leads_to_the_sibling_that_serves_it(
    citizen: Citizen, subject: str, words: str, sibling: str
) -> None:
    await citizen.says(subject)
    assert f"Mã thủ tục: {sibling}." in await citizen.says(words)


@pytest.mark.parametrize("subject", [POSTAL, RENEWAL, CONTRACT, NAMED_ONLY])
@pytest.mark.parametrize(
    "words",
    [
        "nếu chuyển nhượng thì sao",
        "neu chuyen nhuong thi sao",
        "thế nếu là công ty nước ngoài thì sao",
        "còn cá nhân thì sao",
        "neu toi o xa thi co duoc khong",
        "nếu giám đốc đi tù thì sao",
        "nếu cho thuê thì cần giấy tờ gì",
    ],
)
async def test_a_case_that_no_sibling_serves_keeps_the_subject(
    citizen: Citizen, subject: str, words: str
) -> None:
    await citizen.says(subject)
    assert f"Mã thủ tục: {subject}." in await citizen.says(words)


async def test_what_the_catalogue_does_not_say_of_a_case_is_told_plainly(
    citizen: Citizen,
) -> None:
    await citizen.says(RENEWAL)
    told = await citizen.says("thế nếu là công ty nước ngoài thì sao")
    assert "Về «công ty nước ngoài», trợ lý không thấy thủ tục riêng" in told
    assert "dữ liệu của thủ tục này không nói đến" in told
    await citizen.says(NAMED_ONLY)
    assert "mới chỉ có tên" in await citizen.says("nếu bị mất thì sao")


async def test_what_the_catalogue_says_of_a_case_is_quoted(
    citizen: Citizen, catalog: Catalog
) -> None:
    await citizen.says(POSTAL)
    told = await citizen.says("nếu là công ty nước ngoài thì cần giấy tờ gì")
    assert "Tài liệu về tư cách pháp nhân của đối tác nước ngoài" in told
    assert "Giấy tờ cần nộp" in told


@pytest.mark.parametrize("words", ["còn giấy phép bưu chính thì sao", "nếu xin phép bưu chính?"])
async def test_another_thing_changes_the_subject(citizen: Citizen, words: str) -> None:
    await citizen.says(RENEWAL)
    await citizen.says(words)
    assert "Phạm vi nội tỉnh" in citizen.offered


async def test_a_case_keeps_an_open_choice_open(citizen: Citizen) -> None:
    await citizen.says("giấy phép bưu chính")
    before = citizen.offered
    await citizen.says("nếu tôi ở xa thì sao")
    assert citizen.offered == before
    assert BEYOND in await citizen.says("nếu quốc tế thì sao")


@pytest.mark.parametrize(
    ("words", "put"),
    [
        ("nếu chuyển nhượng thì sao", "chuyển nhượng"),
        ("thế nếu là công ty nước ngoài thì sao", "công ty nước ngoài"),
        ("neu qua han", "qua han"),
        ("con ca nhan thi sao", "ca nhan"),
        ("còn giấy phép bưu chính thì sao", None),
        ("lô hàng nhập khẩu thì sao", None),
        ("nếu", None),
        ("thì sao", None),
        ("", None),
    ],
)
def test_a_case_is_told_from_another_question(
    vocabulary: Vocabulary, words: str, put: str | None
) -> None:
    found = hypothesis_in(words, vocabulary)
    assert (found.words if found else None) == put


@pytest.mark.parametrize(
    "words",
    [
        "toi la cong ty can cccd ko",
        "có cần hộ khẩu không",
        "phai nop giay kham suc khoe ko",
        "không có căn cước thì sao",
        "can ly lich tu phap ko a",
    ],
)
async def test_a_paper_that_is_not_in_the_list_is_said_not_to_be(
    citizen: Citizen, words: str
) -> None:
    await citizen.says(RENEWAL)
    told = await citizen.says(words)
    assert NOT_SEEN in told
    assert "Giấy tờ cần nộp:\n1. Đơn đề nghị gia hạn" in told
    assert f"Mã thủ tục: {RENEWAL}." in told


async def test_a_paper_of_the_list_is_told_in_its_words(citizen: Citizen) -> None:
    await citizen.says(NUMBERS)
    told = await citizen.says("can cccd ko")
    assert "có nêu «căn cước»:\n- Bản sao thẻ căn cước công dân hoặc thẻ căn cước" in told
    assert NOT_SEEN not in told
    await citizen.says(POSTAL)
    assert "- Điều lệ của doanh nghiệp (nếu có)" in await citizen.says("có cần điều lệ không")
    assert "- Phương án kinh doanh" in await citizen.says("có phải nộp phương án kinh doanh ko")


async def test_without_a_subject_a_paper_is_a_matter_of_its_own(citizen: Citizen) -> None:
    assert "Công an" in await citizen.says("can cccd ko")


async def test_where_there_is_no_list_it_is_not_known(citizen: Citizen) -> None:
    await citizen.says(NAMED_ONLY)
    assert "không biết có cần «căn cước» hay không" in await citizen.says("can cccd ko")


async def test_a_paper_that_another_procedure_grants_is_also_offered(citizen: Citizen) -> None:
    await citizen.says(RENEWAL)
    told = await citizen.says("có cần kế hoạch ứng phó sự cố không")
    assert f"{NOT_SEEN} «kế hoạch ứng phó sự cố»" in told
    assert "1.014661" in await citizen.taps(citizen.offered[0])


async def test_a_list_stays_open_beside_a_question_for_a_paper(citizen: Citizen) -> None:
    await citizen.says(f"/ds {RENEWAL}")
    assert NOT_SEEN in await citizen.says("can cccd ko")
    assert "Đã có 1 trên 4 giấy" in await citizen.says("có 1")


async def test_marks_without_a_list_lead_to_one(citizen: Citizen) -> None:
    await citizen.says(RENEWAL)
    assert await citizen.says("có 1") == list_texts.NOT_OPEN
    assert "Chưa có giấy nào" in await citizen.taps("Lập danh sách để đánh dấu")


async def test_a_paper_asked_for_between_several_procedures_is_asked_of_their_papers(
    citizen: Citizen,
) -> None:
    await citizen.says("giấy phép bưu chính")
    await citizen.says("can cccd ko")
    assert "Giấy tờ cần nộp" in await citizen.taps("Phạm vi nội tỉnh")


@pytest.mark.parametrize(
    "words",
    [
        "cần giấy gì không",
        "có cần đến trực tiếp không",
        "có phải nộp phí không",
        "cần điều kiện gì không",
        "co can mau don khong",
        "nộp căn cước ở đâu",
        "co can gi nua ko",
        "có phải nộp bản chính không",
    ],
)
def test_other_needs_are_no_papers(vocabulary: Vocabulary, words: str) -> None:
    assert asked_paper(words, vocabulary) is None


def test_no_quotation_is_ours(catalog: Catalog) -> None:
    for procedure in catalog:
        for facet, sentence in mentions(procedure, ("nuoc ngoai", "doanh nghiep"), 3):
            source = {
                Facet.DOCUMENTS: [f"{one.name} {one.case}" for one in procedure.documents],
                Facet.CONDITIONS: [procedure.conditions or ""],
                Facet.FEE: [fee.words or "" for fee in procedure.fees],
                Facet.STEPS: list(procedure.steps),
            }[facet]
            told = fold(sentence.split(" (trường hợp: ")[0])
            assert any(told in fold(line) for line in source)


async def test_a_follow_up_for_a_part_is_as_before(citizen: Citizen, catalog: Catalog) -> None:
    postal = catalog.find(POSTAL)
    assert postal is not None
    await citizen.says(POSTAL)
    assert await citizen.says("lệ phí?") == texts.parts(postal, (Facet.FEE,))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("thứ 2 tuần sau nộp thì bao giờ xong", "thứ Hai, ngày 23/11/2026"),
        ("thứ hai tới", "thứ Hai, ngày 23/11/2026"),
        ("còn ngày mốt thì sao", "thứ Hai, ngày 23/11/2026"),
        ("neu thu 6 nop thi sao", "thứ Sáu, ngày 27/11/2026"),
        ("cuoi thang nop thi khi nao co", "thứ Hai, ngày 30/11/2026"),
    ],
)
async def test_the_result_is_expected_from_the_day_that_is_named(
    citizen: Citizen, words: str, day: str
) -> None:
    await citizen.says(POSTAL)
    assert f"Nếu nộp hồ sơ {day}:" in await citizen.says(words)


async def test_a_time_that_is_no_day_is_said_to_be_none(citizen: Citizen) -> None:
    await citizen.says(POSTAL)
    told = await citizen.says("đầu tuần sau nộp")
    assert "«đầu tuần sau» chưa rõ là ngày nào, nên trợ lý tính từ hôm nay." in told
    assert "Nếu nộp hồ sơ hôm nay" in told


@pytest.mark.parametrize("words", ["cần giấy gì", "can giay gi vay", "phải có giấy nào"])
async def test_papers_are_asked_for_once_it_is_known_of_what(citizen: Citizen, words: str) -> None:
    await citizen.says(POSTAL)
    assert "Giấy tờ cần nộp" in await citizen.says(words)
    await citizen.says("giấy phép bưu chính")
    await citizen.says(words)
    assert "Giấy tờ cần nộp" in await citizen.taps("Phạm vi nội tỉnh")


def test_who_changes_a_paper_asks_for_papers_and_who_begins_for_a_licence(
    vocabulary: Vocabulary,
) -> None:
    assert vocabulary.asked_facets("máy x quang gia hạn cần giấy gì") == (Facet.DOCUMENTS,)
    assert vocabulary.asked_facets("mat giay phep can giay gi, phi bao nhieu") == (
        Facet.DOCUMENTS,
        Facet.FEE,
    )
    assert vocabulary.asked_facets("mở tiệm chụp x quang cần giấy nào") == ()
    assert vocabulary.asked_facets("mở tiệm chụp x quang cần giấy gì") == (Facet.DOCUMENTS,)


async def test_what_happened_to_a_paper_stays_with_the_paper_spoken_of(citizen: Citizen) -> None:
    await citizen.says(NAMED_ONLY)
    assert RENEWAL in await citizen.says("giấy phép sắp hết hạn rồi")
    told = await citizen.says("giấy phép bị mất thì sao")
    assert "Về «giấy phép bị mất», trợ lý không thấy thủ tục riêng" in told
    await citizen.says("giấy phép bưu chính bị mất")
    assert "Phạm vi nội tỉnh" in citizen.offered


async def test_what_happened_to_no_paper_is_asked_of_which(citizen: Citizen) -> None:
    assert "«doi dia chi»: Ông/Bà nói giấy nào?" in await citizen.says("the neu doi dia chi")
    assert "1.003687" in await citizen.says("giay phep buu chinh noi tinh")


async def test_a_paper_that_is_there_already_is_looked_up_too(citizen: Citizen) -> None:
    await citizen.says(POSTAL)
    assert "- Điều lệ của doanh nghiệp" in await citizen.says("bac co dieu le roi")
    assert NOT_SEEN in await citizen.says("co can ho khau ko chau")


@pytest.mark.parametrize("words", ["2 máy thì sao", "còn 2 cái thì bn", "neu 2 may thi sao"])
async def test_another_quantity_is_reckoned(citizen: Citizen, words: str) -> None:
    await citizen.says(f"/tt {SUMS} fee")
    await citizen.says(words)
    assert "2 nhân 5.000.000 đồng" in await citizen.taps(citizen.offered[0])


async def test_whether_to_go_there_is_a_question_for_ways(citizen: Citizen) -> None:
    await citizen.says(POSTAL)
    assert "Nộp trực tuyến: được" in await citizen.says("co phai len tinh nop ko")


async def test_a_list_that_is_wished_for_is_offered(citizen: Citizen) -> None:
    await citizen.says(POSTAL)
    assert await citizen.says("lập danh sách giấy tờ") == list_texts.NOT_OPEN


@pytest.mark.parametrize(
    "words", ["chưa có giấy hợp quy", "chưa có giấy hợp quy thì sao", "neu chua co giay hop quy"]
)
async def test_a_case_of_the_papers_goes_before_a_paper(citizen: Citizen, words: str) -> None:
    await citizen.says("1.002655")
    told = await citizen.says(words)
    assert "Trường hợp: Hàng hóa nhập khẩu chưa có Giấy chứng nhận hợp quy" in told
    assert "đã có Giấy chứng nhận hợp quy" not in told
