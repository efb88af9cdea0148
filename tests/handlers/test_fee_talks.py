"""Fees and dates for the citizen's own case, as talks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts import common
from handlers.texts import fees as fee_texts
from handlers.texts import reckoning as texts
from knowledge.fees.asked import case_in, number_in
from knowledge.fees.case import Case
from knowledge.fees.quantities import MOST, Unclear, quantity_in
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure, ProcedureCode
from tests.citizen import Citizen

INDUSTRIAL = "1.014642"
AGENT = "1.013916"
RENEWAL = "1.014679"


@pytest.fixture
def industrial(catalog: Catalog) -> Procedure:
    procedure = catalog.find(INDUSTRIAL)
    assert procedure is not None
    return procedure


async def test_quantity_and_case_in_the_question_are_reckoned_at_once(citizen: Citizen) -> None:
    told = await citizen.says("3 máy chụp ảnh phóng xạ công nghiệp thì phí thẩm định bao nhiêu?")
    assert "3 nhân 5.000.000 đồng nhân 95% = 14.250.000 đồng" in told
    assert "7.125.000 đồng" in told
    assert "31/12/2026" in told
    assert "74/2026/TT-BTC" in told


async def test_case_and_quantity_are_asked_for_by_taps(citizen: Citizen) -> None:
    await citizen.says(f"/tt {INDUSTRIAL} fee")
    assert await citizen.taps(texts.my_case(ProcedureCode(INDUSTRIAL)).label) == texts.WHICH_CASE
    assert await citizen.says("1") == texts.how_many("thiết bị")
    assert "10.000.000 đồng nhân 95%" not in await citizen.taps("2")


async def test_what_keepers_noted_of_the_portal_is_told_to_nobody(
    citizen: Citizen, catalog: Catalog
) -> None:
    for procedure in catalog:
        told = fee_texts.told(procedure) + fee_texts.in_short(procedure)
        assert not re.search(r"[Cc]ổng (?:để|ghi|viết|chỉ)|không giải thích", told), told
        assert not re.search(r"\b(?:phí|Phí): [^:;.\n]{0,60}: ", told), told
    for code in ("1.013927", "1.000449"):
        assert not re.search(r"[Cc]ổng (?:ghi|viết)", await citizen.says(f"/phi {code}"))
    short = await citizen.says("2.002248")
    assert "Phí, lệ phí: phí, đăng ký lần đầu: 0,1% tổng giá trị hợp đồng" in short


async def test_whether_anything_makes_it_less_is_answered_first(citizen: Citizen) -> None:
    told = await citizen.says("giấy phép bưu chính nội tỉnh có giảm phí không")
    assert told.split("\n\n")[1] == fee_texts.NO_RELIEF
    told = await citizen.says("gia hạn giấy phép x quang nộp online có rẻ hơn không")
    assert told.split("\n\n")[1].startswith("Có.")
    assert "VNeID từ 01/4/2026 đến hết 31/12/2026: bằng 50%" in told.split("\n\n")[1]
    await citizen.says(AGENT)
    told = await citizen.says("có giảm phí không")
    assert "từ 01/01/2027: 200.000 đ" in told.split("\n\n")[1]


async def test_a_quantity_can_be_typed(citizen: Citizen) -> None:
    await citizen.says(f"/phi {INDUSTRIAL} a0")
    assert "12 nhân 5.000.000 đồng nhân 85% = 51.000.000 đồng" in await citizen.says("12 cái")


async def test_a_question_instead_of_a_quantity_is_answered(citizen: Citizen) -> None:
    await citizen.says(f"/phi {INDUSTRIAL} a0")
    assert "Giấy tờ cần nộp" in await citizen.says("cần giấy tờ gì")


async def test_an_announced_amount_is_told_with_its_day(citizen: Citizen) -> None:
    told = await citizen.says(f"/phi {AGENT}")
    assert "175.000 đồng" in told
    assert "Từ ngày 01/01/2027" in told
    assert "350.000 đồng" in told


async def test_a_share_of_an_unknown_fee_stays_unknown(citizen: Citizen) -> None:
    told = await citizen.says(f"/tt {RENEWAL} fee")
    assert "75% mức phí thẩm định cấp mới" in told
    assert told.count(fee_texts.SHARE_OF_UNKNOWN) == 1
    assert (await citizen.says(f"/phi {RENEWAL}")).count(fee_texts.SHARE_OF_UNKNOWN) == 1
    assert texts.my_case(ProcedureCode(RENEWAL)).label not in citizen.offered
    assert not re.search(r"Cộng phí: [1-9]", told)


@pytest.mark.parametrize("words", ["/phi", "/phi 9.999999", "/phi x a0 n3"])
async def test_fees_of_nothing_are_refused(citizen: Citizen, words: str) -> None:
    assert "chưa tìm thấy thủ tục" in await citizen.says(words)


async def test_a_term_is_told_with_the_day_it_would_end(citizen: Citizen) -> None:
    told = await citizen.says("/tt 1.003659 time")
    assert "thứ Bảy, ngày 21/11/2026" in told
    assert "thứ Hai, ngày 07/12/2026" in told
    assert "ước tính" in told


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("28 tết", "«28 tết» là ngày theo âm lịch"),
        ("ngày 31/2", "«ngày 31/2» là ngày không có trong lịch"),
        ("ngày 1/1/2020", "«ngày 1/1/2020» là ngày đã qua"),
        ("ngày 1/9/2030", "«ngày 1/9/2030» còn hơn một năm nữa"),
        ("mùng 6 tết", "«mùng 6 tết» là ngày theo âm lịch"),
    ],
)
async def test_a_day_that_cannot_be_used_is_not_replaced_without_a_word(
    citizen: Citizen, named: str, told: str
) -> None:
    answer = await citizen.says(f"giấy phép bưu chính nội tỉnh nộp {named} thì bao giờ có kết quả")
    assert told in answer
    assert answer.index(told) < answer.index("Nếu nộp hồ sơ hôm nay")
    assert told in await citizen.says(f"nộp {named} thì sao")


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("2 máy chụp ảnh công nghiệp tia X phóng xạ", Case(quantity=2, alternative=0)),
        ("05 thiết bị", Case(quantity=5)),
        ("năm 2026 phí bao nhiêu", Case()),
        ("phí bao nhiêu", Case()),
    ],
)
def test_the_case_is_read_from_the_words(industrial: Procedure, text: str, case: Case) -> None:
    assert case_in(text, industrial) == case


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("ba cái", 3),
        ("12 máy", 12),
        ("mười hai cái", 12),
        ("ba chục máy ạ", 30),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("không biết", None),
        ("2 hoặc 3", None),
        ("1,5 máy", None),
        ("-3", None),
        ("vài chục máy", None),
        ("chục máy", None),
    ],
)
def test_one_number_is_read_and_only_one(text: str, number: int | None) -> None:
    assert number_in(text) == number


@given(st.text(max_size=80))
def test_whatever_is_read_as_a_quantity_is_a_sensible_number(text: str) -> None:
    number = quantity_in(f"{text} máy", ["máy"])
    assert number is None or isinstance(number, Unclear) or 1 <= number <= MOST


@pytest.mark.parametrize(
    "said",
    [
        *("1,5 máy", "1.5 máy", "2-3 máy", "2 - 3 máy", "-3 máy", "2 đến 3 máy", "2 hoặc 3 máy"),
        *("hơn 5 máy", "0 máy", "1000000 máy", "vài máy", "ba máy rưỡi"),
    ],
)
async def test_what_is_no_whole_number_is_asked_for_again_and_the_line_is_kept(
    citizen: Citizen, industrial: Procedure, said: str
) -> None:
    question = f"phí thẩm định máy chụp ảnh phóng xạ công nghiệp, có {said}, bao nhiêu"
    assert case_in(question, industrial).quantity is None
    told = await citizen.says(question)
    assert "5.000.000 đồng/01 thiết bị" in told
    assert "Bao nhiêu thiết bị?" in told
    assert "Cộng phí" not in told
    assert "3 nhân 5.000.000 đồng nhân 95% = 14.250.000 đồng" in await citizen.says("3 máy")


@pytest.mark.parametrize("said", ["0", "0 máy", "1000000 máy", "1,5", "2-3 máy", "-3", "ba chuc"])
async def test_an_odd_number_for_an_answer_is_asked_for_again(citizen: Citizen, said: str) -> None:
    await citizen.says(f"/phi {INDUSTRIAL} a0")
    assert await citizen.says(said) == texts.how_many_again("thiết bị")
    assert "2 nhân 5.000.000 đồng nhân 95% = 9.500.000 đồng" in await citizen.says("2")


async def test_another_quantity_is_reckoned_by_the_same_line(citizen: Citizen) -> None:
    await citizen.says("3 máy chụp ảnh phóng xạ công nghiệp thì phí thẩm định bao nhiêu?")
    assert "10 nhân 5.000.000 đồng nhân 85% = 42.500.000 đồng" in await citizen.says("10 máy")
    assert await citizen.says("0 máy") == texts.how_many_again("thiết bị")
    assert "12 nhân 5.000.000 đồng" in await citizen.says("mười hai cái")
    assert await citizen.says("1000000 máy") == texts.how_many_again("thiết bị")


def test_a_title_alone_chooses_no_line(catalog: Catalog) -> None:
    for procedure in catalog:
        assert case_in(f"{procedure.title} phí bao nhiêu", procedure) == Case(), procedure.code


@pytest.mark.parametrize(
    "words",
    ["vài chục", "chục máy", "hai mươi trăm", "năm ngoái tôi nộp rồi", "Thông tư 74", "ở tầng 3"],
)
async def test_words_that_are_no_whole_number_are_not_reckoned_with(
    citizen: Citizen, words: str
) -> None:
    await citizen.says(f"/phi {INDUSTRIAL} a0")
    assert "Cộng phí" not in await citizen.says(words)


async def test_a_number_is_a_quantity_and_no_choice(citizen: Citizen) -> None:
    await citizen.says(f"/phi {INDUSTRIAL} a0")
    assert "6 nhân 5.000.000 đồng nhân 85% = 25.500.000 đồng" in await citizen.says("6")


@pytest.mark.parametrize("words", ["n99999999999999999999", "n0", "a9 n2", "n2 n3", "x"])
async def test_odd_quantities_never_make_trouble(citizen: Citizen, words: str) -> None:
    told = await citizen.says(f"/phi {INDUSTRIAL} a0 {words}")
    assert told not in {common.TROUBLE, ""}


async def test_a_procedure_without_fee_lines_is_told_as_unknown(citizen: Citizen) -> None:
    assert "không có nghĩa là miễn phí" in await citizen.says("/phi 1.014675")


async def test_what_the_first_question_said_of_the_case_outlives_a_question_back(
    citizen: Citizen,
) -> None:
    await citizen.says("3 máy phát tia x phí bao nhiêu")
    assert "14.250.000 đồng" in await citizen.says("1")


@pytest.mark.parametrize("said", ["-3 máy", "1,5 máy", "2-3 máy thì sao"])
async def test_after_a_sum_what_is_no_whole_number_is_asked_for_again(
    citizen: Citizen, said: str
) -> None:
    await citizen.says("3 máy chụp ảnh phóng xạ công nghiệp thì phí bao nhiêu")
    told = await citizen.says(said)
    assert "Bao nhiêu thiết bị?" in told
    assert "Cộng phí" not in told
