"""Talks about dossiers: a code alone, in a sentence, asked for, unknown, or in pieces."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.texts import dossiers as texts
from handlers.texts import procedures as procedure_texts
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status, mask_name
from knowledge.dossiers.register import DossierRegister
from knowledge.procedures.procedure import Procedure
from knowledge.store.store import Store
from tests.citizen import NOON, Citizen

OWNER = "Nguyễn Văn An"
DOSSIER = Dossier(
    code=DossierCode("H57.132-260804-0583"),
    procedure_name="Cấp giấy phép bưu chính",
    status=Status.IN_PROGRESS,
    owner_masked=mask_name(OWNER),
    due_at=NOON,
)


@pytest.fixture
async def dossier(store: Store) -> Dossier:
    await shelve(store, DOSSIER)
    return DOSSIER


async def shelve(store: Store, dossier: Dossier) -> None:
    async with store.transaction() as session:
        await DossierRegister(session).keep([dossier], NOON)


async def test_a_dossier_code_alone_tells_its_status(citizen: Citizen, dossier: Dossier) -> None:
    assert await citizen.says(dossier.code) == texts.status_card(dossier)


async def test_a_dossier_code_in_a_sentence_is_found_and_repaired(
    citizen: Citizen, dossier: Dossier
) -> None:
    written = dossier.code.lower().replace("-", " ")
    told = await citizen.says(f"cho hỏi hồ sơ {written} xong chưa ạ")
    assert told == texts.status_card(dossier)


@pytest.mark.parametrize("wish", ["/hoso", "hồ sơ của tôi đến đâu rồi", "tra cuu ho so"])
async def test_a_dossier_code_is_asked_for(citizen: Citizen, dossier: Dossier, wish: str) -> None:
    assert await citizen.says(wish) == texts.ASK_CODE
    assert await citizen.says(dossier.code) == texts.status_card(dossier)


async def test_the_owner_is_shown_masked(citizen: Citizen, dossier: Dossier) -> None:
    told = await citizen.says(dossier.code)
    assert "Nguyễn V*** A***" in told
    assert OWNER not in told


async def test_an_unknown_dossier_is_said_to_be_unknown(citizen: Citizen) -> None:
    assert await citizen.says(DOSSIER.code) == texts.not_found(DOSSIER.code)


async def test_a_piece_of_a_dossier_code_is_not_guessed_at(
    citizen: Citizen, dossier: Dossier
) -> None:
    piece = dossier.code.partition("-")[2]
    assert await citizen.says(f"hồ sơ {piece}") == texts.UNREADABLE
    assert await citizen.says(dossier.code) == texts.status_card(dossier)


async def test_whoever_has_no_code_may_ask_something_else(
    citizen: Citizen, one: Procedure
) -> None:
    await citizen.says("/hoso")
    assert await citizen.says(one.code) == procedure_texts.card(one)


async def test_an_invented_dossier_is_told_as_such(citizen: Citizen, store: Store) -> None:
    await shelve(store, replace(DOSSIER, invented=True))
    assert (await citizen.says(DOSSIER.code)).startswith("HỒ SƠ MẪU")


@pytest.mark.parametrize(
    "words",
    [
        "khi nào có kết quả",
        "bao giờ trả kết quả",
        "trễ hẹn rồi sao chưa xong",
        "nộp bổ sung ở đâu",
        "bao lau nua xong",
    ],
)
async def test_what_is_asked_after_a_dossier_is_about_that_dossier(
    citizen: Citizen, dossier: Dossier, words: str
) -> None:
    await citizen.says(dossier.code)
    await citizen.says("cảm ơn")
    for _ in range(2):
        told = await citizen.says(words)
        assert f"Hồ sơ {dossier.code}: " in told
        assert not dossier.owner_masked or dossier.owner_masked not in told


async def test_a_date_that_is_past_is_said_to_be_past(citizen: Citizen, store: Store) -> None:
    late = replace(DOSSIER, due_at=NOON - timedelta(days=2))
    await shelve(store, late)
    await citizen.says(late.code)
    assert "Ngày hẹn đã qua" in await citizen.says("trễ hẹn rồi sao chưa xong")


async def test_a_procedure_that_is_named_after_a_dossier_is_another_matter(
    citizen: Citizen, dossier: Dossier
) -> None:
    await citizen.says(dossier.code)
    told = await citizen.says("x quang gia hạn bao lâu")
    assert dossier.code not in told
    assert "Mã thủ tục" in told
    assert dossier.code not in await citizen.says("bao lâu thì có")
