"""The tokens of the Official Account: renewed in time, by one at a time, never blindly twice."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.doors.zalo_oa import connect, oauth, open_door
from bot.doors.zalo_oa.connecting import NotConnectedError
from bot.doors.zalo_oa.pace import Pace
from bot.doors.zalo_oa.seal import Seal, WrongTokenKeyError
from bot.doors.zalo_oa.tokens import NoTokenError, Tokens
from bot.doors.zalo_oa.vault import Busy, Lock, Locked, Vault
from bot.post.hooks import Hooks
from bot.post.office import PostOffice
from bot.post.wire import open_line
from handlers.conversation import Conversation
from knowledge.store.store import Store
from knowledge.store.tables import ZaloTokenRow
from tests.bot.test_zalo_oa import Clock
from tests.bot.zalo_oa_peer import OA, Trouble, ZaloOaPeer, open_peer
from tests.citizen import NOON
from tests.patience import PATIENCE

KEY: Final = Fernet.generate_key().decode()
ANOTHER_KEY: Final = Fernet.generate_key().decode()
NEARLY_OVER: Final = timedelta(hours=23, minutes=1)
OVER: Final = timedelta(hours=26)
CANNOT: Final = "zalo_oa: the token cannot be renewed"


@pytest.fixture
async def peer() -> AsyncGenerator[ZaloOaPeer]:
    async with open_peer() as peer:
        yield peer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(store: Store, clock: Clock) -> Vault:
    return Vault(store, Seal(None), OA, clock)


@pytest.fixture
async def tokens(
    peer: ZaloOaPeer, vault: Vault, store: Store, clock: Clock
) -> AsyncGenerator[Tokens]:
    """Give the tokens of an account that was connected at noon."""
    await connect(peer.account(), peer.refresh, store, clock)
    async with open_line() as line:
        yield Tokens(vault, partial(oauth.renew, line, peer.account()), clock, peek=0.01)


async def row(store: Store) -> ZaloTokenRow:
    async with store.transaction() as session:
        return (await session.exec(select(ZaloTokenRow))).one()


async def test_a_fresh_token_is_used_as_it_is(tokens: Tokens, peer: ZaloOaPeer) -> None:
    assert await tokens.access() == "access-1"
    assert peer.used == ["refresh-0"]


async def test_a_token_is_renewed_before_its_end(
    tokens: Tokens, peer: ZaloOaPeer, clock: Clock, store: Store
) -> None:
    clock.now = NOON + NEARLY_OVER
    assert await tokens.access() == "access-1"
    assert tokens.wanted.is_set()
    await tokens.look_after()
    await tokens.look_after()
    assert await tokens.access() == "access-2"
    assert not tokens.wanted.is_set()
    assert peer.used == ["refresh-0", "refresh-1"]
    kept = await row(store)
    assert kept.refresh == "plain:refresh-2"
    assert kept.access_expires_at == clock.now + timedelta(hours=25)


async def test_a_token_that_is_over_is_not_used(
    tokens: Tokens, peer: ZaloOaPeer, clock: Clock
) -> None:
    clock.now = NOON + OVER
    with pytest.raises(NoTokenError):
        await tokens.access()
    assert tokens.wanted.is_set()
    await tokens.look_after()
    assert await tokens.access() == "access-2"


async def test_a_new_pair_is_committed_before_it_is_used(
    vault: Vault, store: Store, clock: Clock, tokens: Tokens
) -> None:
    del tokens
    seen: list[str] = []

    async def renew(refresh: str) -> oauth.Pair:
        seen.append((await row(store)).refresh)
        return oauth.Pair("new access", "new refresh", timedelta(hours=25))

    clock.now = NOON + OVER
    await Tokens(vault, renew, clock, peek=0).look_after()
    assert seen == ["plain:refresh-1"]
    assert (await row(store)).refresh == "plain:new refresh"


async def test_a_refused_token_is_replaced_once(tokens: Tokens, peer: ZaloOaPeer) -> None:
    for _ in range(10):
        tokens.refuse("access-1")
    assert tokens.wanted.is_set()
    for _ in range(3):
        await tokens.look_after()
    assert await tokens.access() == "access-2"
    assert peer.used == ["refresh-0", "refresh-1"]


async def test_what_another_replica_renewed_is_found_once_the_old_is_refused(
    tokens: Tokens, peer: ZaloOaPeer, vault: Vault
) -> None:
    assert await tokens.access() == "access-1"
    await vault.put(oauth.Pair("of a replica", "its refresh", timedelta(hours=25)))
    tokens.refuse("access-1")
    assert await tokens.access() == "of a replica"
    await tokens.look_after()
    assert peer.used == ["refresh-0"]


async def test_where_the_new_token_is_refused_too_a_person_is_asked(
    tokens: Tokens, peer: ZaloOaPeer, caplog: pytest.LogCaptureFixture
) -> None:
    for refused in ("access-1", "access-2", "access-2"):
        tokens.refuse(refused)
        await tokens.look_after()
    assert peer.used == ["refresh-0", "refresh-1"]
    (told,) = caplog.messages
    assert told.startswith(f"{CANNOT} (the new one is refused, too)")


async def test_replicas_use_a_refresh_token_once(
    peer: ZaloOaPeer, tokens: Tokens, store: Store, clock: Clock
) -> None:
    busy = asyncio.Event()

    class Watched(Vault):
        async def lock(self, generation: int) -> Lock:
            held = await super().lock(generation)
            if isinstance(held, Busy):
                busy.set()
            return held

    clock.now = NOON + OVER
    vault = Watched(store, Seal(None), OA, clock)
    async with open_line() as line, asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:

        async def renew(refresh: str) -> oauth.Pair:
            await busy.wait()  # somebody else has tried meanwhile
            return await oauth.renew(line, peer.account(), refresh)

        replicas = [Tokens(vault, renew, clock, peek=0.01) for _ in range(10)]
        for replica in replicas:
            group.create_task(replica.look_after())
    assert {await replica.access() for replica in (tokens, *replicas)} == {"access-2"}
    assert peer.used == ["refresh-0", "refresh-1"]


async def test_nobody_there_uses_up_nothing(
    tokens: Tokens, peer: ZaloOaPeer, clock: Clock
) -> None:
    await peer.goes_down()
    clock.now = NOON + NEARLY_OVER
    await tokens.look_after()
    assert await tokens.access() == "access-1"
    await peer.comes_up()
    await tokens.look_after()
    assert await tokens.access() == "access-2"


@pytest.mark.parametrize(
    "case",
    [
        (Trouble(path="access_token", status=500, answer="{}"), "HTTP 500"),
        (Trouble(path="access_token", status=502, answer="<h1>Bad Gateway</h1>"), "HTTP 502"),
        (Trouble(path="access_token", answer="{}"), "HTTP 200"),
        (
            Trouble(
                path="access_token",
                answer=json.dumps({"error_name": "Invalid refresh token.", "error": -14014}),
            ),
            "error -14014",
        ),
        (
            Trouble(path="access_token", answer='{"access_token": "", "refresh_token": "b"}'),
            "HTTP 200",
        ),
        (
            Trouble(path="access_token", answer='{"access_token": null, "refresh_token": "b"}'),
            "HTTP 200",
        ),
    ],
    ids=repr,
)
async def test_a_renewal_that_fails_is_told_once_and_never_tried_blindly(
    tokens: Tokens,
    peer: ZaloOaPeer,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    case: tuple[Trouble, str],
) -> None:
    trouble, reason = case
    peer.troubles.append(trouble)
    clock.now = NOON + NEARLY_OVER
    for _ in range(3):
        await tokens.look_after()
        assert await tokens.access() == "access-1"
    assert peer.calls.count("access_token") == 2
    (told,) = caplog.messages
    assert told.startswith(f"{CANNOT} ({reason})")


async def test_a_renewal_that_gets_no_answer_is_not_tried_again(
    tokens: Tokens, vault: Vault, clock: Clock, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    del tokens
    tried: list[str] = []

    async def renew(refresh: str) -> oauth.Pair:
        tried.append(refresh)
        reason = "SocketTimeoutError"
        raise oauth.NoPairError(reason)

    clock.now = NOON + OVER
    lost = Tokens(vault, renew, clock, peek=0)
    for _ in range(3):
        await lost.look_after()
    assert tried == ["refresh-1"]
    assert (await row(store)).needs_reauth_since == clock.now
    assert len(caplog.messages) == 1


async def test_a_connection_that_breaks_is_no_answer(
    peer: ZaloOaPeer, store: Store, clock: Clock
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    oauth_at = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        with pytest.raises(NotConnectedError, match="gave no tokens"):
            await connect(replace(peer.account(), oauth=oauth_at), "refresh-0", store, clock)


async def test_who_died_while_renewing_is_noticed(
    tokens: Tokens, vault: Vault, peer: ZaloOaPeer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(await vault.lock(0), Locked)
    clock.now = NOON + OVER
    for _ in range(3):
        await tokens.look_after()
    assert peer.used == ["refresh-0"]
    (told,) = caplog.messages
    assert told.startswith(f"{CANNOT} (renewing it was broken off)")


async def test_a_new_pair_by_hand_mends_all(
    tokens: Tokens, vault: Vault, peer: ZaloOaPeer, clock: Clock, store: Store
) -> None:
    await vault.lock(0)
    await vault.give_up(0)
    assert (await row(store)).needs_reauth_since is not None
    peer.refresh = "by hand"
    await connect(peer.account(), "by hand", store, clock)
    assert await tokens.access() == "access-2"
    clock.now = NOON + OVER
    await tokens.look_after()
    assert await tokens.access() == "access-3"


async def test_a_pair_that_comes_too_late_leaves_the_newer_alone(
    tokens: Tokens, vault: Vault, store: Store
) -> None:
    del tokens
    await vault.put(oauth.Pair("late", "late", timedelta(1)), generation=7)
    assert (await row(store)).access == "plain:access-1"


async def test_a_database_that_is_busy_costs_no_pair(
    tokens: Tokens, store: Store, clock: Clock, peer: ZaloOaPeer
) -> None:
    troubles: list[Exception] = [OperationalError("", None, OSError()), OSError()]

    class Reluctant(Vault):
        async def put(self, pair: oauth.Pair, generation: int | None = None) -> None:
            if troubles:
                raise troubles.pop()
            await super().put(pair, generation)

    clock.now = NOON + OVER
    async with open_line() as line:
        renew = partial(oauth.renew, line, peer.account())
        await Tokens(Reluctant(store, Seal(None), OA, clock), renew, clock, peek=0).look_after()
    assert await tokens.access() == "access-2"


@pytest.mark.parametrize("told", ['"90000"', "90000", "null", '"soon"', "-1", '""', "1e99", "[]"])
async def test_any_length_of_life_leaves_a_good_pair_good(
    peer: ZaloOaPeer, store: Store, clock: Clock, told: str
) -> None:
    answer = f'{{"access_token": "a", "refresh_token": "r", "expires_in": {told}}}'
    peer.troubles.append(Trouble(path="access_token", answer=answer))
    until = await connect(peer.account(), peer.refresh, store, clock)
    assert until == NOON + timedelta(hours=25)


async def test_what_does_not_work_is_not_kept(
    peer: ZaloOaPeer, store: Store, clock: Clock, vault: Vault
) -> None:
    with pytest.raises(NotConnectedError, match="error -14014"):
        await connect(peer.account(), "wrong", store, clock)
    await peer.goes_down()
    with pytest.raises(NotConnectedError, match="not used up"):
        await connect(peer.account(), "refresh-0", store, clock)
    assert await vault.kept() is None


async def test_tokens_are_encrypted_where_a_key_is_set(
    peer: ZaloOaPeer, store: Store, clock: Clock
) -> None:
    await connect(peer.account(token_key=KEY), peer.refresh, store, clock)
    kept = await row(store)
    for closed, plain in ((kept.access, "access-1"), (kept.refresh, "refresh-1")):
        assert plain not in closed
        assert Seal(KEY).open(closed) == plain
        for wrong in (ANOTHER_KEY, None):
            with pytest.raises(WrongTokenKeyError):
                Seal(wrong).open(closed)


def test_a_key_that_comes_later_opens_what_was_plain() -> None:
    assert Seal(KEY).open(Seal(None).close("token")) == "token"


async def test_a_door_says_what_a_person_has_to_do(
    conversation: Conversation, peer: ZaloOaPeer, store: Store, clock: Clock, vault: Vault
) -> None:
    async def where(token_key: str | None = None) -> str:
        account = peer.account(token_key=token_key)
        async with open_door(
            PostOffice(conversation), account, hooks=Hooks(), pace=Pace(upkeep=0.01)
        ) as where:
            return where

    here = "zalo_oa: webhook at /hooks/zalo_oa"
    assert await where() == f"{here} (cannot answer yet: run `motcua zalo connect`)"
    await connect(peer.account(token_key=KEY), peer.refresh, store, clock)
    assert await where(KEY) == here
    await vault.give_up(0)
    assert await where(KEY) == f"{here} (run `motcua zalo connect` again)"
    with pytest.raises(WrongTokenKeyError):
        await where(ANOTHER_KEY)


async def test_an_idle_door_renews_by_itself(
    conversation: Conversation, peer: ZaloOaPeer, store: Store
) -> None:
    await connect(peer.account(), peer.refresh, store, lambda: NOON - NEARLY_OVER)
    async with open_door(PostOffice(conversation), peer.account(), hooks=Hooks()):
        await peer.until(lambda: peer.calls.count("access_token") == 2)


async def test_a_door_that_closes_lets_a_renewal_finish(
    conversation: Conversation, peer: ZaloOaPeer, store: Store
) -> None:
    await connect(peer.account(), peer.refresh, store, lambda: NOON - NEARLY_OVER)
    answer = '{"access_token": "late access", "refresh_token": "late refresh"}'
    peer.troubles.append(Trouble(path="access_token", answer=answer, after=0.2))
    async with open_door(PostOffice(conversation), peer.account(), hooks=Hooks()):
        await peer.until(lambda: peer.calls.count("access_token") == 2 or not peer.troubles)
    assert (await row(store)).refresh == "plain:late refresh"
