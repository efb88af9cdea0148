"""Talks in which a choice is open, or another of several like things is asked about."""

import pytest

from tests.citizen import Citizen

RENEWALS = "gia hạn giấy phép bưu chính"
RENEWED_WITHIN = "1.003633"
RENEWED_BEYOND = "1.004354"


@pytest.mark.parametrize(
    "words", ["giấy phép bưu chính nội tỉnh", "GPBC nội tỉnh", "giay phep buu chinh noi tinh"]
)
async def test_who_names_an_option_in_full_stays_among_the_options(
    citizen: Citizen, words: str
) -> None:
    await citizen.says(f"{RENEWALS} hết bao nhiêu")
    told = await citizen.says(words)
    assert f"Mã thủ tục: {RENEWED_WITHIN}." in told
    assert "đồng" in told


async def test_who_names_all_options_at_once_is_asked_between_them_again(
    citizen: Citizen,
) -> None:
    await citizen.says(RENEWALS)
    offered = citizen.reply.choices
    await citizen.says("gp bưu chính")
    assert citizen.reply.choices == offered


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("mất giấy phép bưu chính nội tỉnh", "1.004379"),
        ("cấp mới giấy phép bưu chính nội tỉnh", "1.003659"),
        ("hợp đồng chuyển giao công nghệ", "2.002248"),
    ],
)
async def test_another_operation_or_thing_leaves_the_options(
    citizen: Citizen, words: str, code: str
) -> None:
    await citizen.says(RENEWALS)
    await citizen.says(words)
    assert code in citizen.reply.text + str(citizen.reply.choices)


@pytest.mark.parametrize(
    ("of", "words", "code"),
    [
        ("liên tỉnh", "còn nội tỉnh thì sao", RENEWED_WITHIN),
        ("liên tỉnh", "con noi tinh thi sao a", RENEWED_WITHIN),
        ("liên tỉnh", "thế nội tỉnh bao nhiêu", RENEWED_WITHIN),
        ("nội tỉnh", "còn liên tỉnh thì sao", RENEWED_BEYOND),
        ("nội tỉnh", "quoc te thi sao", RENEWED_BEYOND),
        ("nội tỉnh", "vậy còn quốc tế", RENEWED_BEYOND),
    ],
)
async def test_what_is_set_beside_is_told_the_same_part_of_the_same_operation(
    citizen: Citizen, of: str, words: str, code: str
) -> None:
    await citizen.says(f"{RENEWALS} {of} hết bao nhiêu")
    await citizen.says("cảm ơn")
    told = await citizen.says(words)
    assert f"Mã thủ tục: {code}." in told
    assert "\n\nPhí, lệ phí:\n" in told


async def test_the_part_may_change_on_the_way(citizen: Citizen) -> None:
    await citizen.says(f"{RENEWALS} liên tỉnh hết bao nhiêu")
    told = await citizen.says("còn nội tỉnh thì cần giấy tờ gì")
    assert f"Mã thủ tục: {RENEWED_WITHIN}." in told
    assert "Giấy tờ" in told
    told = await citizen.says("còn bị mất thì sao")
    assert "Mã thủ tục: 1.004379." in told


async def test_another_matter_after_a_but_is_no_sibling(citizen: Citizen) -> None:
    await citizen.says(f"{RENEWALS} liên tỉnh hết bao nhiêu")
    await citizen.says("còn máy x quang thì sao")
    assert "bưu chính" not in citizen.reply.text + str(citizen.offered)


async def test_a_question_before_the_choice_is_kept_and_said_to_wait_in_new_words(
    citizen: Citizen,
) -> None:
    heard = {await citizen.says(RENEWALS)}
    for words in ("hồ sơ gồm những gì", "cần mấy bản", "phí bao nhiêu", "nộp ở đâu"):
        told = await citizen.says(words)
        assert told not in heard
        heard.add(told)
    assert "giấy tờ" in told
    assert citizen.reply.choices[0].sends == f"/tt {RENEWED_WITHIN} documents fee place"
    assert "Giấy tờ cần nộp" in await citizen.says("1")
