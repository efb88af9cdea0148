"""The memory of talks: what was said, what was answered, where each talk stands."""

from datetime import datetime, timedelta

from knowledge.store.store import Store
from knowledge.talks import Talks
from tests.citizen import NOON


async def record(talks: Talks, external_id: str, said: str = "phí", at: datetime = NOON) -> None:
    await talks.record(
        channel="web", chat="an", external_id=external_id, said=said, reply="{}", at=at
    )


async def test_a_new_chat_has_no_past(store: Store) -> None:
    async with store.transaction() as session:
        talks = Talks(session)
        assert await talks.recall("web", "an") is None
        assert await talks.answered("web", "an", "1") is None
        assert await talks.history("web", "an") == []


async def test_the_last_state_is_recalled_for_its_own_chat(store: Store) -> None:
    for state in ("first", "second"):
        async with store.transaction() as session:
            await Talks(session).remember("web", "an", state, NOON)
    async with store.transaction() as session:
        assert await Talks(session).recall("web", "an") == "second"
        assert await Talks(session).recall("telegram", "an") is None


async def test_a_resent_message_is_recognised_within_its_own_chat(store: Store) -> None:
    async with store.transaction() as session:
        talks = Talks(session)
        await record(talks, "1")
        known = await talks.answered("web", "an", "1")
        assert known is not None
        assert (known.said, known.reply, known.at) == ("phí", "{}", NOON)
        assert await talks.answered("web", "binh", "1") is None


async def test_history_goes_on_after_a_number(store: Store) -> None:
    async with store.transaction() as session:
        talks = Talks(session)
        for number in range(4):
            await record(talks, f"{number}")
        first, *later = await talks.history("web", "an")
        assert await talks.history("web", "an", after=first.id) == later
        assert [exchange.external_id for exchange in later] == ["1", "2", "3"]


async def test_personal_numbers_are_not_kept(store: Store) -> None:
    async with store.transaction() as session:
        talks = Talks(session)
        await record(talks, "1", "gọi 0912 345 678, cccd 001203004567, a@b.vn")
        [kept] = await talks.history("web", "an")
    assert kept.said == "gọi [điện thoại], cccd [số giấy tờ], [e-mail]"


async def test_what_is_old_is_forgotten_and_the_rest_is_not(store: Store) -> None:
    async with store.transaction() as session:
        talks = Talks(session)
        await record(talks, "old", at=NOON - timedelta(seconds=1))
        await record(talks, "new")
        await talks.remember("web", "an", "state", NOON)
        await talks.remember("web", "gone", "state", NOON - timedelta(days=1))
        await talks.forget_before(NOON)
        assert [kept.external_id for kept in await talks.history("web", "an")] == ["new"]
        assert await talks.recall("web", "an") == "state"
        assert await talks.recall("web", "gone") is None
