"""One talk through every room of the house, on both databases: the same words each time."""

import re
from dataclasses import replace

from handlers.conversation import Conversation
from handlers.desk import Office
from knowledge.dossiers.importer import SAMPLES, read_dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.store.store import Store, open_store
from tests.citizen import NOON, Citizen

SAID = (
    "/start",
    "cấp giấy phép bưu chính nội tỉnh cần giấy tờ gì",
    "phí bao nhiêu",
    "tra cứu hồ sơ",
    "X99.99-261110-0005",
    "phản ánh",
    "1",
    "cán bộ hẹn ba lần không trả kết quả",
    "Nguyễn Văn An",
    "0912345678",
    "gửi",
)


async def talk(office: Office, store: Store) -> list[str]:
    async with store.transaction() as session:
        await DossierRegister(session).keep(read_dossiers(SAMPLES, invented=True), NOON)
    citizen = Citizen(Conversation(replace(office, store=store)))
    heard = [re.sub(r"PA-\S+", "PA", await citizen.says(text)) for text in SAID]
    again = [await citizen.repeats() for _ in range(2)]
    assert again[0] == again[1]
    history = await citizen.conversation.history(citizen.key)
    return [*heard, *(exchange.said for exchange in history)]


async def test_a_talk_is_the_same_on_both(
    office: Office, store: Store, postgres_database: str
) -> None:
    async with open_store(postgres_database) as other:
        told = await talk(office, other)
    assert told == await talk(office, store)
    assert len(told) == 2 * len(SAID)
    assert not any("trục trặc" in words for words in told)
