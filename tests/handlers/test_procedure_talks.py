"""Talks about procedures: card, follow-up, question back, honest no."""

import pytest

from handlers.texts import asking_back, common
from handlers.texts import procedures as texts
from knowledge.operations import Operation
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet, Procedure
from tests.citizen import Citizen

UNCLEAR = "giấy phép bưu chính"
NONSENSE = "qwzx vbnm"


async def test_a_title_is_answered_with_the_card(citizen: Citizen, one: Procedure) -> None:
    assert await citizen.says(one.title) == texts.card(one)
    assert citizen.reply.choices == texts.part_choices(one)


async def test_a_code_in_a_sentence_is_answered_with_the_parts_asked_for(
    citizen: Citizen, one: Procedure
) -> None:
    told = await citizen.says(f"giấy tờ và lệ phí của thủ tục {one.code} là gì ạ")
    assert told == texts.parts(one, (Facet.DOCUMENTS, Facet.FEE))


async def test_a_code_with_the_unit_behind_it_is_read(citizen: Citizen, one: Procedure) -> None:
    assert await citizen.says(f"thủ tục {one.code}.000.00.00.H57") == texts.card(one)


async def test_a_follow_up_keeps_the_subject(citizen: Citizen, one: Procedure) -> None:
    await citizen.says(one.code)
    assert await citizen.says("phí bao nhiêu?") == texts.parts(one, (Facet.FEE,))
    assert await citizen.says("còn giấy tờ?") == texts.parts(one, (Facet.DOCUMENTS,))


async def test_a_courtesy_in_between_keeps_the_subject(citizen: Citizen, one: Procedure) -> None:
    await citizen.says(one.code)
    assert await citizen.says("cảm ơn") == common.THANKS
    assert await citizen.says("cam on") == common.THANKS
    assert await citizen.says("phí bao nhiêu?") == texts.parts(one, (Facet.FEE,))


async def test_a_new_question_changes_the_subject(
    citizen: Citizen, one: Procedure, other: Procedure
) -> None:
    await citizen.says(one.code)
    await citizen.says(other.code)
    assert await citizen.says("phí bao nhiêu?") == texts.parts(other, (Facet.FEE,))


async def test_a_question_that_finds_nothing_drops_the_subject(
    citizen: Citizen, one: Procedure
) -> None:
    await citizen.says(one.code)
    await citizen.says(NONSENSE)
    assert one.code not in await citizen.says("phí bao nhiêu?")


async def test_a_tap_on_a_part_answers_that_part(citizen: Citizen, one: Procedure) -> None:
    await citizen.says(one.code)
    told = await citizen.taps(texts.PART_LABELS[Facet.STEPS])
    assert told == texts.parts(one, (Facet.STEPS,))


async def test_an_old_button_still_works(
    citizen: Citizen, one: Procedure, other: Procedure
) -> None:
    await citizen.says(one.code)
    old = citizen.reply.choices[0]
    await citizen.says(other.code)
    assert one.code in await citizen.says(old.sends)


async def test_an_unclear_question_is_asked_back(citizen: Citizen) -> None:
    await citizen.says(UNCLEAR)
    assert citizen.offered[-1] == asking_back.NEITHER.label
    assert len(citizen.offered) > 2


@pytest.mark.parametrize("answer", ["2", "số 2", "Chọn 2 ạ", "cái thứ hai", "\uff12"])
async def test_a_choice_can_be_written(citizen: Citizen, answer: str) -> None:
    await citizen.says(UNCLEAR)
    second = citizen.reply.choices[1]
    written = await citizen.says(answer)
    assert written == await citizen.says(second.sends)
    assert second.sends.split()[1] in written


async def test_a_choice_can_be_tapped(citizen: Citizen, catalog: Catalog) -> None:
    await citizen.says(UNCLEAR)
    first = catalog.find(citizen.reply.choices[0].sends.split()[1])
    assert first is not None
    assert await citizen.taps(citizen.offered[0]) == texts.card(first)


async def test_the_part_asked_for_survives_the_question_back(citizen: Citizen) -> None:
    await citizen.says(f"phí {UNCLEAR}")
    assert "Phí, lệ phí:\n-" in await citizen.taps(citizen.offered[0])


async def test_a_part_asked_for_does_not_answer_the_question_back(citizen: Citizen) -> None:
    await citizen.says(UNCLEAR)
    before = citizen.offered
    await citizen.says("lệ phí?")
    assert citizen.offered == before
    assert "Phí, lệ phí:\n-" in await citizen.taps(before[0])


async def test_none_of_these_leads_to_a_person(citizen: Citizen) -> None:
    await citizen.says(UNCLEAR)
    told = await citizen.taps(asking_back.NEITHER.label)
    assert common.contact(citizen.conversation.office.card) in told


async def test_another_question_may_follow_the_question_back(
    citizen: Citizen, one: Procedure
) -> None:
    await citizen.says(UNCLEAR)
    assert await citizen.says(f"thủ tục {one.code}") == texts.card(one)


async def test_what_nobody_knows_is_said_to_be_unknown(citizen: Citizen) -> None:
    card = citizen.conversation.office.card
    assert await citizen.says(NONSENSE) == asking_back.not_found(card)
    assert citizen.reply.choices == common.MENU


async def test_an_operation_alone_asks_for_the_sibling_of_the_subject(citizen: Citizen) -> None:
    await citizen.says("1.004430")
    assert "1.004354" in await citizen.says("thế còn gia hạn thì sao")
    assert "1.004366" in await citizen.says("sửa đổi thì sao")


async def test_an_operation_no_option_serves_is_added_to_the_first_question(
    citizen: Citizen,
) -> None:
    await citizen.says("cap phep may x quang")
    assert "1.014679" in await citizen.says("gia hạn")


async def test_words_for_another_thing_choose_nothing(citizen: Citizen) -> None:
    await citizen.says("cap phep may x quang")
    assert "1.014675" not in await citizen.says("nhãn hiệu")
    await citizen.says("cap phep may x quang")
    assert "1.014675" not in await citizen.says("không biết")


async def test_an_operation_on_another_thing_is_another_question(citizen: Citizen) -> None:
    told = await citizen.says("phong kham moi mua may chup xquang rang can giay to gi")
    assert "«thiết bị X-quang chẩn đoán y tế …»" in told  # not the four lines that all share
    assert "tần số" in await citizen.says("gia han tan so")


async def test_what_the_catalogue_does_not_do_is_said_before_what_is_near(
    citizen: Citizen,
) -> None:
    told = await citizen.says("cấp lại chứng chỉ nhân viên bức xạ bị mất phí bao nhiêu")
    assert told == asking_back.unserved(Operation.REISSUE)
    assert "không có thủ tục cấp lại" in told


async def test_which_certificate_was_lost_is_asked(citizen: Citizen) -> None:
    assert "nói giấy nào" in await citizen.says("chứng chỉ hành nghề của tôi bị mất")
