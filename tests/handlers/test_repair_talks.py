"""Talks that go astray and are mended: unsure, puzzled, too long, the wrong turning, a person."""

import pytest

from handlers.texts import asking_back, common
from handlers.texts import checklists as list_texts
from handlers.texts import papers as paper_texts
from handlers.texts import procedures as procedure_texts
from handlers.texts import reckoning as fee_texts
from handlers.texts import repairs as texts
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.repairs import Repair
from knowledge.vocabulary import Vocabulary
from tests.citizen import Citizen

UNCLEAR = "giấy phép bưu chính"
POSTAL = "1.003659"
BEYOND = "1.004376"
CHANGED = "1.014390"
SUMS = "1.014642"


@pytest.fixture
def contact(citizen: Citizen) -> str:
    return common.contact(citizen.conversation.office.card)


@pytest.mark.parametrize(
    ("words", "repair"),
    [
        ("không biết", Repair.UNSURE),
        ("ko ro nua", Repair.UNSURE),
        ("em k biết chọn cái nào ạ", Repair.UNSURE),
        ("cai nao cung dc", Repair.UNSURE),
        ("hai cái này khác nhau chỗ nào", Repair.UNSURE),
        ("ủa", Repair.PUZZLED),
        ("là sao vậy", Repair.PUZZLED),
        ("k hieu gi het", Repair.PUZZLED),
        ("nói lại đi", Repair.AGAIN),
        ("dai qua", Repair.SHORTER),
        ("tóm tắt giúp tôi", Repair.SHORTER),
        ("bấm nhầm rồi", Repair.BACK),
        ("chon lai", Repair.BACK),
        ("truong hop khac", Repair.OTHER_CASE),
        ("cho hỏi người", Repair.PERSON),
        ("thoi cho bac sdt nguoi ta", Repair.PERSON),
        ("ua sao lai the", Repair.PUZZLED),
        ("noi lai coi", Repair.AGAIN),
        ("sđt", Repair.PERSON),
        ("goi ai", Repair.PERSON),
        ("hà", None),
        ("không biết nộp ở đâu", None),
        ("trường hợp khác thì phí bao nhiêu", None),
        ("đổi số điện thoại trên giấy phép", None),
        ("gọi ai để nộp hồ sơ", None),
        ("giấy phép là gì", None),
        ("dài bao lâu", None),
    ],
)
def test_words_about_the_talk_are_told_from_questions(
    vocabulary: Vocabulary, words: str, repair: Repair | None
) -> None:
    assert vocabulary.repair_in(words) is repair


@pytest.mark.parametrize("words", ["không biết", "ko rõ", "cai nao cung dc", "là sao", "k hieu"])
async def test_who_cannot_choose_hears_the_differences_and_may_still_choose(
    citizen: Citizen, words: str
) -> None:
    await citizen.says(UNCLEAR)
    before = citizen.offered
    told = await citizen.says(words)
    assert "1. Phạm vi nội tỉnh\n- Giấy tờ: 9 loại" in told
    assert "2. Phạm vi liên tỉnh, quốc tế\n- Giấy tờ: 10 loại" in told
    assert citizen.offered == [*before, common.CONTACT.label]
    assert POSTAL in await citizen.says("1")


async def test_options_for_different_purposes_are_told_by_their_purposes(
    citizen: Citizen,
) -> None:
    await citizen.says("giấy phép tiến hành công việc bức xạ x quang")
    assert "Gia hạn (gia hạn, sắp hết hạn)" in await citizen.says("không biết")


async def test_who_is_unsure_twice_is_led_to_a_person(citizen: Citizen, contact: str) -> None:
    await citizen.says(UNCLEAR)
    await citizen.says("không biết")
    assert await citizen.says("vẫn không biết") == contact
    assert POSTAL in await citizen.says("trong tỉnh")


async def test_unsure_of_the_case_hears_what_every_case_needs(
    citizen: Citizen, catalog: Catalog
) -> None:
    await citizen.says(f"/ds {POSTAL}")
    offered = citizen.offered
    told = await citizen.says("ko biết")
    assert "Trường hợp nào cũng cần:\n- Giấy đề nghị cấp giấy phép bưu chính" in told
    assert "Trường hợp «Có đối tác nước ngoài»: thêm " in told
    assert citizen.offered[: len(offered)] == offered
    assert list_texts.NO_CASE in citizen.offered


async def test_unsure_of_the_case_of_fees_hears_all_amounts(citizen: Citizen) -> None:
    await citizen.says(f"/phi {SUMS}")
    told = await citizen.says("khong ro")
    assert "5.000.000 đồng" in told
    assert "10.000.000 đồng" in told
    assert await citizen.says("1") == fee_texts.how_many("thiết bị")


async def test_without_a_code_a_person_is_named(citizen: Citizen, contact: str) -> None:
    await citizen.says("/hoso")
    told = await citizen.says("không biết")
    assert texts.NO_CODE in told
    assert contact in told


async def test_puzzled_by_an_answer_hears_it_in_plainer_words(citizen: Citizen) -> None:
    told = await citizen.says(SUMS)
    plainer = await citizen.says("hả")
    assert told in plainer
    assert "Giải nghĩa:\n- phí: " in plainer
    assert common.CONTACT.label in citizen.offered
    assert texts.IN_OTHER_WORDS not in await citizen.says("ủa")


async def test_an_answer_is_said_again_with_its_choices(citizen: Citizen) -> None:
    await citizen.says(f"/tt {SUMS} fee")
    before = citizen.reply
    await citizen.says("nói lại đi")
    assert citizen.reply == before


async def test_a_long_answer_is_made_short_and_a_short_one_is_parted(
    citizen: Citizen, catalog: Catalog
) -> None:
    procedure = catalog.find(SUMS)
    assert procedure is not None
    await citizen.says(f"/tt {SUMS} documents")
    assert await citizen.says("dài quá") == procedure_texts.card(procedure)
    assert await citizen.says("tóm tắt") == texts.which_part(procedure)
    assert "5.000.000 đồng" in await citizen.says("phí bao nhiêu")


async def test_too_long_an_explanation_is_put_as_the_question_again(citizen: Citizen) -> None:
    question = await citizen.says(UNCLEAR)
    await citizen.says("không biết")
    assert await citizen.says("dài quá") == question


@pytest.mark.parametrize("words", ["chọn lại", "quay lai", "bấm nhầm rồi", "cái khác"])
async def test_the_last_question_is_asked_again(citizen: Citizen, words: str) -> None:
    question = await citizen.says(UNCLEAR)
    await citizen.taps("Phạm vi nội tỉnh")
    await citizen.says("phí bao nhiêu")
    assert await citizen.says(words) == question
    assert BEYOND in await citizen.says("quốc tế")


async def test_there_is_no_way_back_from_the_first_question(citizen: Citizen) -> None:
    await citizen.says(UNCLEAR)
    assert await citizen.says("quay lại") == texts.OTHER_WAY
    assert common.CONTACT.label in citizen.offered


async def test_back_without_a_question_leads_to_the_card(citizen: Citizen, one: Procedure) -> None:
    await citizen.says(f"/tt {one.code} fee")
    assert await citizen.says("quay lại") == procedure_texts.card(one)


@pytest.mark.parametrize("words", ["truong hop khac", "đổi trường hợp", "chọn trường hợp khác"])
async def test_another_case_may_be_chosen(citizen: Citizen, words: str) -> None:
    await citizen.says(f"/tt {CHANGED} documents")
    await citizen.taps("Trường hợp: Thay đổi người đứng đầu tổ chức")
    assert await citizen.says(words) == paper_texts.WHICH_CASE
    told = await citizen.taps("Trường hợp: Thay đổi tên của tổ chức")
    assert "đổi tên" in told
    assert "Lý lịch khoa học" not in told


async def test_another_case_of_a_list_is_another_list(citizen: Citizen) -> None:
    await citizen.says(f"/ds {CHANGED}")
    await citizen.taps("Thay đổi người đứng đầu tổ chức")
    assert await citizen.says("doi truong hop") == list_texts.WHICH_CASE
    assert "Trường hợp: Thay đổi tên" in await citizen.taps("Thay đổi tên của tổ chức")


async def test_another_case_of_fees_is_asked_for(citizen: Citizen) -> None:
    await citizen.says(f"/phi {SUMS}")
    await citizen.says("2")
    await citizen.says("3")
    assert await citizen.says("trường hợp khác") == fee_texts.WHICH_CASE


async def test_another_case_where_the_source_knows_none(citizen: Citizen) -> None:
    await citizen.says(SUMS)
    assert texts.NO_CASES in await citizen.says("trường hợp khác")
    assert "5.000.000 đồng" in await citizen.says("phí bao nhiêu")


async def test_a_person_is_named_without_leaving_the_choice(
    citizen: Citizen, contact: str
) -> None:
    await citizen.says(UNCLEAR)
    for words in ("sđt", "gọi ai", "cho hỏi người"):
        assert await citizen.says(words) == contact
    assert asking_back.NEITHER.label in citizen.offered
    assert POSTAL in await citizen.says("1")


async def test_the_way_to_a_person_may_be_tapped_and_come_back_from(
    citizen: Citizen, contact: str
) -> None:
    await citizen.says(UNCLEAR)
    await citizen.says("không biết")
    assert await citizen.taps(common.CONTACT.label) == contact
    assert POSTAL in await citizen.taps("Phạm vi nội tỉnh")


async def test_a_wish_that_comes_to_nothing_keeps_the_subject(citizen: Citizen) -> None:
    await citizen.says(SUMS)
    assert await citizen.says("còn thiếu gì") == list_texts.NONE_YET
    assert "5.000.000 đồng" in await citizen.says("phí bao nhiêu")


async def test_in_a_form_such_words_are_its_content(citizen: Citizen) -> None:
    for words in ("/gopy", "hành vi", "Tôi nộp hồ sơ ba lần đều bị trả lại"):
        await citizen.says(words)
    assert "địa chỉ" in await citizen.says("Hả")


async def test_every_turning_of_the_talk_can_be_mended(citizen: Citizen) -> None:
    for start in (
        UNCLEAR,
        POSTAL,
        f"/ds {POSTAL}",
        f"/phi {SUMS}",
        "/lv",
        "/lv 2",
        "/hoso",
        "/ds",
    ):
        for words in ("không biết", "là sao", "nói lại", "dài quá", "quay lại", "trường hợp khác"):
            await citizen.says("/huy")
            await citizen.says(start)
            told = await citizen.says(words)
            assert told != common.TROUBLE
            assert citizen.offered


def test_facets_of_repairs_stay_questions(vocabulary: Vocabulary) -> None:
    assert vocabulary.asked_facets("không biết nộp ở đâu") == (Facet.PLACE,)
