"""The post's figures are measured over the real post, and come out as three lines."""

import re

import pytest

from bot.bench import post
from bot.settings import Settings


def test_the_figures_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_PUSHES", 20)
    monkeypatch.setattr(post, "_SECONDS", 1)
    pushes, webhook, turns = post.report(Settings())
    assert re.fullmatch(r"pushes a second, written down and noted as sent: [1-9]\d*", pushes)
    assert re.fullmatch(
        r"webhook answered at 100 messages a second: p50 \d+ ms, p99 \d+ ms", webhook
    )
    assert re.fullmatch(r"messages answered a second meanwhile: [1-9]\d*; the others wait", turns)
