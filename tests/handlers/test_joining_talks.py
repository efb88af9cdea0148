"""One citizen on several channels."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.conversation import Conversation
from handlers.texts import checklists, joining
from knowledge.people import LASTS, find_join_code
from tests.citizen import NOON, Citizen


def code_in(told: str) -> str:
    found = re.search(r"NK-[0-9A-Z]{6}", told)
    assert found is not None
    return found[0]


def elsewhere(citizen: Citizen, chat: str = "7") -> Citizen:
    return Citizen(citizen.conversation, channel="telegram", chat=chat)


async def test_lists_follow_a_citizen_who_joins_two_channels(citizen: Citizen) -> None:
    await citizen.says("/ds 1.005444")
    other = elsewhere(citizen)
    assert await other.says("còn thiếu gì") == checklists.NONE_YET
    code = code_in(await citizen.says("nối kênh"))
    assert await other.says(code.lower()) == joining.JOINED
    assert "1.005444" in await other.says("còn thiếu gì")


async def test_a_code_joins_once_and_never_its_own_chat(citizen: Citizen) -> None:
    code = code_in(await citizen.says("/noikenh"))
    assert await citizen.says(code) == joining.NOT_HELD
    assert await elsewhere(citizen).says(code) == joining.JOINED
    assert await elsewhere(citizen, "8").says(code) == joining.NOT_HELD


async def test_a_new_code_takes_the_place_of_the_old(citizen: Citizen) -> None:
    old = code_in(await citizen.says("/noikenh"))
    await citizen.says("/noikenh")
    assert await elsewhere(citizen).says(old) == joining.NOT_HELD


async def test_a_code_holds_ten_minutes(citizen: Citizen) -> None:
    code = code_in(await citizen.says("/noikenh"))
    later = NOON + LASTS + timedelta(seconds=1)
    office = replace(citizen.conversation.office, now=lambda: later)
    stranger = Citizen(Conversation(office), channel="telegram", chat="7")
    assert await stranger.says(code) == joining.NOT_HELD


async def test_separated_channels_keep_their_own_lists(citizen: Citizen) -> None:
    other = elsewhere(citizen)
    await other.says(code_in(await citizen.says("/noikenh")))
    await citizen.says("/ds 1.005444")
    assert await other.says("tách kênh") == joining.SEPARATED
    assert await other.says("còn thiếu gì") == checklists.NONE_YET
    assert "1.005444" in await citizen.says("còn thiếu gì?")
    assert await citizen.says("tách kênh") == joining.ALONE


async def test_three_channels_may_be_joined_and_one_leave(citizen: Citizen) -> None:
    second, third = elsewhere(citizen), elsewhere(citizen, "8")
    await second.says(code_in(await citizen.says("/noikenh")))
    await third.says(code_in(await second.says("/noikenh")))
    await citizen.says("/ds 1.005444")
    await second.says("/tachkenh")
    assert "1.005444" in await third.says("còn thiếu gì")
    assert await second.says("còn thiếu gì") == checklists.NONE_YET


def test_words_are_no_join_codes() -> None:
    assert find_join_code("nk nhansu") is None
    assert find_join_code("NK 7K3M9Q") == "NK-7K3M9Q"
