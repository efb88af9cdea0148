"""Talks in which two things are wished at once: neither is dropped."""

from dataclasses import replace

from handlers.texts import asking_back
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status
from knowledge.dossiers.register import DossierRegister
from knowledge.store.store import Store
from tests.citizen import NOON, Citizen

POSTAL = "1.003659"
DOSSIER = Dossier(
    code=DossierCode("H57.132-260804-0583"),
    procedure_name="Cấp giấy phép bưu chính",
    status=Status.IN_PROGRESS,
)


async def test_a_question_beside_a_dossier_code_is_offered(citizen: Citizen, store: Store) -> None:
    async with store.transaction() as session:
        await DossierRegister(session).keep([replace(DOSSIER)], NOON)
    told = await citizen.says(
        f"phí giấy phép bưu chính nội tỉnh bao nhiêu, tiện thể tra hồ sơ {DOSSIER.code}"
    )
    assert DOSSIER.code in told
    assert told.endswith(asking_back.ASKED_BESIDES)
    assert f"/tt {POSTAL} fee" in [choice.sends for choice in citizen.reply.choices]
    told = await citizen.says(f"hồ sơ {DOSSIER.code} đến đâu rồi")
    assert asking_back.ASKED_BESIDES not in told


async def test_a_question_beside_a_list_is_about_its_procedure(citizen: Citizen) -> None:
    await citizen.says(f"/ds {POSTAL} c0")
    code = citizen.reply.page.rpartition("/")[2]
    told = await citizen.says(f"{code} và phí bao nhiêu")
    assert told.endswith(asking_back.ASKED_BESIDES)
    assert "đồng" in await citizen.taps(citizen.offered[-1])
    assert asking_back.ASKED_BESIDES not in await citizen.says(f"{code} còn thiếu gì")
