"""Where an answer comes from, how old it is, and how it is kept and called wrong."""

from dataclasses import replace

import pytest

from handlers.conversation import Conversation
from handlers.desk import Office
from handlers.texts import asking_back
from handlers.texts import procedures as texts
from knowledge.answers import AnswerBook
from knowledge.calendar.hours import OpeningHours
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.codes import find_outdated_code, find_procedure_code, load_old_codes
from knowledge.store.store import Store
from tests.citizen import Citizen

POSTAL = "1.003659"


async def reports(store: Store) -> list[tuple[str, str]]:
    async with store.transaction() as session:
        return await AnswerBook(session).reports()


async def test_an_answer_called_wrong_is_kept_as_it_was_shown(
    citizen: Citizen, store: Store
) -> None:
    told = await citizen.says(POSTAL)
    assert await citizen.taps("Báo sai") == texts.ERROR_KEPT
    (code, kept), *others = await reports(store)
    assert (code, others) == (POSTAL, [])
    assert told.split("\n")[0] in kept


async def test_nothing_is_reported_where_nothing_was_told(citizen: Citizen, store: Store) -> None:
    assert await citizen.says(f"/baosai {POSTAL}") == texts.HOW_TO_REPORT
    assert await reports(store) == []


async def test_every_answer_is_noted_once_and_counted(citizen: Citizen, store: Store) -> None:
    told = await citizen.says(POSTAL)
    await citizen.says(POSTAL)
    async with store.transaction() as session:
        assert await AnswerBook(session).times_shown(told) == 2


async def test_old_data_are_told_to_be_old(office: Office) -> None:
    card = replace(office.card, fresh_days=30, telephone="0123 456 789")
    citizen = Citizen(Conversation(replace(office, card=card)))
    assert "xin gọi 0123 456 789" in await citizen.says(POSTAL)


async def test_data_of_no_known_day_are_not_called_old(citizen: Citizen) -> None:
    told = await citizen.says("1.014675")
    assert "Dữ liệu đối chiếu ngày: chưa rõ" in told
    assert "đối chiếu đã lâu" not in told
    assert "xin hỏi nơi tiếp nhận để chắc chắn" in told


async def test_a_checklist_of_old_data_warns_like_the_answer(office: Office) -> None:
    card = replace(office.card, fresh_days=30, telephone="0123 456 789")
    citizen = Citizen(Conversation(replace(office, card=card)))
    assert "Lưu ý: dữ liệu này đối chiếu đã lâu, xin gọi" in await citizen.says("/ds 1.005444")
    assert "Lưu ý: dữ liệu này đối chiếu đã lâu, xin gọi" in await citizen.says("còn thiếu gì")


async def test_the_place_is_told_with_whether_it_is_open(office: Office) -> None:
    hours = "T2-T6 07:30-11:30, 13:30-17:00"
    card = replace(office.card, address="Số 1, phố Một Cửa", hours=hours)
    terms = replace(office.terms, hours=OpeningHours.parse(hours))
    citizen = Citizen(Conversation(replace(office, card=card, terms=terms)))
    told = await citizen.says(f"/tt {POSTAL} place")
    assert "Số 1, phố Một Cửa" in told
    assert "đang đóng cửa. Mở lại lúc 7 giờ 30, thứ Hai, ngày 23/11/2026" in told


async def test_fresh_data_carry_no_warning(citizen: Citizen) -> None:
    assert "đối chiếu đã lâu" not in await citizen.says(POSTAL)


async def test_a_replaced_code_leads_to_its_successors(citizen: Citizen, catalog: Catalog) -> None:
    told = await citizen.says("thủ tục 2.002381 phí bao nhiêu")
    assert "là mã cũ" in told
    assert "1.014679" in told
    assert catalog.find(citizen.reply.choices[0].sends.split()[1]) is not None


async def test_the_oldest_codes_are_said_to_be_old(citizen: Citizen) -> None:
    assert await citizen.says("mã B-BKC-282498-TT") == asking_back.outdated_code()


async def test_a_code_of_elsewhere_is_said_to_be_unknown(citizen: Citizen) -> None:
    assert await citizen.says("1.004222") == asking_back.unknown_code("1.004222")


def test_old_codes_lead_to_procedures_that_exist(catalog: Catalog) -> None:
    for old, now in load_old_codes().items():
        assert catalog.find(old) is None
        assert all(catalog.find(code) is not None for code in now)


@pytest.mark.parametrize("text", ["", "ngày 05/08/2026", "giá 1.500.000 đồng", "H57.132", "1.2"])
def test_other_numbers_are_no_procedure_codes(text: str) -> None:
    assert find_procedure_code(text) is None
    assert find_outdated_code(text) is None
