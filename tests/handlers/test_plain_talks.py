"""Plain language: asked for once, kept, given up again; no figure is lost by it."""

import re

from handlers.conversation import Conversation
from handlers.texts import plain
from knowledge.glossary import Explanation, Glossary, load_glossary
from knowledge.procedures.catalog import Catalog
from tests.citizen import Citizen

NUMBER = re.compile(r"\d[\d.]*")
FEES = "/tt 1.013916 fee"


async def test_plain_language_is_kept_until_it_is_given_up(citizen: Citizen) -> None:
    official = await citizen.says(FEES)
    assert await citizen.says("/dehieu") == plain.NOW_PLAIN
    told = await citizen.says(FEES)
    assert "Giải nghĩa:\n- phí: " in told
    assert "(căn cứ " in official
    assert "(căn cứ " not in told
    await citizen.says("/thuong")
    assert await citizen.says(FEES) == official


async def test_amounts_days_and_the_trust_line_stay_in_plain_language(
    citizen: Citizen, conversation: Conversation, catalog: Catalog
) -> None:
    other = Citizen(conversation, chat="binh")
    await citizen.says("/dehieu")
    for procedure in catalog.procedures[::6]:
        told = await citizen.says(f"/tt {procedure.code} fee time")
        official = await other.says(f"/tt {procedure.code} fee time")
        cited = NUMBER.findall(" ".join(re.findall(r"\(căn cứ [^)]*\)", official)))
        assert set(NUMBER.findall(official)) - set(cited) <= set(NUMBER.findall(told))
        assert f"Mã thủ tục: {procedure.code}" in told


def test_the_longest_word_is_explained_and_each_once() -> None:
    long = Explanation(say=("bản sao chứng thực",), means="a", source="")
    short = Explanation(say=("bản sao",), means="b", source="")
    glossary = Glossary((short, long))
    assert glossary.explained_in("Bản sao chứng thực", 4) == (long,)
    assert glossary.explained_in("bản sao, bản sao chứng thực, Bản sao", 4) == (short, long)
    assert glossary.explained_in("bản sao, bản sao chứng thực", 1) == (short,)
    assert Glossary(()).explained_in("bản sao", 4) == ()


def test_no_word_is_explained_twice_in_the_shipped_glossary() -> None:
    forms = [form.lower() for word in load_glossary().words for form in word.say]
    assert len(forms) == len(set(forms))
