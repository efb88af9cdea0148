"""Messages answered at once: each chat in its order, no chat troubled by another."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.post.at_once import AtOnce
from bot.post.delivery import Fate, Later, Sent, Unknown
from handlers.conversation import Conversation
from handlers.messages import Choice, Message


class Post:
    """Notes what is sent, and meets the fates it is given."""

    def __init__(self, *fates: Fate) -> None:
        self.fates = list(fates)
        self.sent: list[str] = []
        self.free = asyncio.Event()
        self.free.set()

    async def send(self, chat: str, text: str, choices: Sequence[Choice]) -> Fate:
        await self.free.wait()
        if chat == "unlucky":
            raise ValueError(text)
        self.sent.append(chat)
        return self.fates.pop(0) if self.fates else Sent()


def message(chat: str, number: int = 1) -> Message:
    return Message(channel="zalo_bot", chat=chat, text="/lienhe", external_id=f"{number}")


async def answered(conversation: Conversation, post: Post, *messages: Message) -> list[str]:
    async with asyncio.TaskGroup() as group:
        answers = AtOnce(group, conversation, post.send, between_parts=0, first_retry=0)
        for each in messages:
            answers.put(each)
    return post.sent


async def test_one_chats_trouble_is_its_own(
    conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    sent = await answered(conversation, Post(), message("unlucky"), message("an"))
    assert sent == ["an"]
    assert "a message was not answered: ValueError" in caplog.text
    assert "Gặp cán bộ" not in caplog.text


async def test_what_was_answered_is_not_answered_again(conversation: Conversation) -> None:
    assert await answered(conversation, Post(), message("an"), message("an")) == ["an"]
    assert await answered(conversation, Post(), message("an")) == []
    assert await answered(conversation, Post(), message("an", 2)) == ["an"]


@pytest.mark.parametrize(
    ("fates", "times"),
    [
        ((Later(), Later(), Sent()), 3),
        ((Later(0.01), Sent()), 2),
        ((Later(), Later(), Later(), Later(), Sent()), 4),
        ((Later(61.0), Sent()), 1),
        ((Unknown(), Sent()), 1),
    ],
)
async def test_only_what_did_not_arrive_is_sent_again(
    conversation: Conversation, fates: tuple[Fate, ...], times: int
) -> None:
    assert len(await answered(conversation, Post(*fates), message("an"))) == times


async def test_it_says_when_it_is_full(conversation: Conversation) -> None:
    post = Post()
    post.free.clear()
    async with asyncio.TaskGroup() as group:
        answers = AtOnce(group, conversation, post.send, between_parts=0, first_retry=0)
        for _ in range(1000):
            assert not answers.full
            answers.put(message("an"))
        assert answers.full
        post.free.set()
    assert not answers.full
