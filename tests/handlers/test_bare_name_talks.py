"""A single name leads to one question with a few answers, never to one procedure by chance."""

import pytest

from handlers.texts import guide
from knowledge.bare_names import bare_name
from tests.citizen import Citizen


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("bưu chính", guide.what_for("Bưu chính")),
        ("buu chinh", guide.what_for("Bưu chính")),
        ("bức xạ", guide.what_for("An toàn bức xạ và hạt nhân")),
        ("đo lường ạ", guide.what_for("Tiêu chuẩn đo lường chất lượng")),
        ("hỏi về sở hữu trí tuệ", guide.what_for("Sở hữu trí tuệ")),
    ],
)
async def test_a_bare_name_is_asked_what_for(citizen: Citizen, words: str, question: str) -> None:
    assert await citizen.says(words) == question
    assert guide.OTHER_FIELD.label in citizen.offered
    assert 3 <= len(citizen.offered) <= 6


@pytest.mark.parametrize("name", ["nhãn hiệu", "sáng chế", "sang che", "logo"])
async def test_a_name_that_mostly_means_another_office_s_matter_is_told_so_first(
    citizen: Citizen, name: str
) -> None:
    told = await citizen.says(f"hỏi về {name}")
    assert told.startswith((await citizen.says(f"đăng ký {name}")).partition("\n")[0])
    assert "Cục Sở hữu trí tuệ" in told
    assert told.endswith(guide.within(name, "Sở hữu trí tuệ"))


@pytest.mark.parametrize("name", ["hợp quy", "hợp chuẩn", "hop chuan"])
async def test_what_was_refused_is_not_offered_by_its_bare_name(
    citizen: Citizen, name: str
) -> None:
    refused = await citizen.says("hợp quy mũ bảo hiểm")
    assert await citizen.says(f"thế còn {name}") == refused


async def test_the_purpose_may_be_typed(citizen: Citizen) -> None:
    await citizen.says("bưu chính")
    await citizen.says("gia hạn")
    assert {"Phạm vi nội tỉnh", "Phạm vi liên tỉnh, quốc tế"} < set(citizen.offered)


async def test_the_purpose_may_be_chosen(citizen: Citizen) -> None:
    await citizen.says("buu chinh")
    assert "4 thủ tục" in await citizen.says("1")


async def test_a_bare_name_after_an_answer_is_a_new_matter(citizen: Citizen) -> None:
    await citizen.says("1.014679")
    assert await citizen.says("còn bưu chính thì sao") == guide.what_for("Bưu chính")


async def test_whoever_does_not_know_what_for_is_helped(citizen: Citizen) -> None:
    await citizen.says("nhãn hiệu")
    before = citizen.offered
    await citizen.says("không biết")
    assert citizen.offered[: len(before)] == before


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("hỏi về bưu chính ạ", "bưu chính"),
        ("bộ đàm", "bộ đàm"),
        ("giấy phép bưu chính nội tỉnh", None),
        ("a", None),
        ("", None),
    ],
)
def test_a_name_is_all_that_is_said(words: str, name: str | None) -> None:
    assert bare_name(words) == name


async def test_a_thing_with_a_good_question_of_its_own_keeps_it(citizen: Citizen) -> None:
    await citizen.says("x quang")
    assert "Khai báo" in citizen.offered
