"""Personal numbers are masked wherever words are kept; codes, which name no person, are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy import mask_personal
from knowledge.procedures.catalog import Catalog

DOSSIER_CODES = st.from_regex(
    r"([0-9]{2,3}\.){0,3}[A-Y][0-9]{2}(\.[0-9]{1,3}){0,6}-[0-9]{6}-[0-9]{4,8}", fullmatch=True
)
GAPS = st.sampled_from(["", " ", ".", "-"])
AROUND = st.sampled_from(["{}", "sđt {} nhé", "ĐT.{}", "gọi tôi:{}, cảm ơn", "sdt{}"])

PIECES = st.sampled_from(
    [
        "0912345678",
        "001203004567",
        "a@b.vn",
        "H57.132",
        "4111 1111 1111 1111",
        " ",
        "-",
        ".",
        "5",
        "sđt",
    ]
)


@given(code=DOSSIER_CODES)
def test_dossier_codes_are_left_alone(code: str) -> None:
    text = f"hồ sơ {code}, xong chưa"
    assert mask_personal(text) == text


@given(code=st.from_regex(r"PA-[0-9]{6}-[2-9A-HJKMNP-TV-Z]{6}", fullmatch=True))
def test_tracking_codes_are_left_alone(code: str) -> None:
    assert mask_personal(code) == code


def test_procedure_codes_and_money_are_left_alone(catalog: Catalog) -> None:
    for procedure in catalog:
        text = f"thủ tục {procedure.code} phí 100.000.000 đồng theo 118/2025/NĐ-CP"
        assert mask_personal(text) == text


@given(
    start=st.sampled_from(["0", "84", "+84"]),
    groups=st.tuples(*[st.from_regex(r"[0-9]{3}", fullmatch=True)] * 3),
    gap=GAPS,
    around=AROUND,
)
def test_telephone_numbers_are_masked(
    start: str, groups: tuple[str, ...], gap: str, around: str
) -> None:
    masked = mask_personal(around.format(gap.join([start + groups[0], *groups[1:]])))
    assert masked == around.format("[điện thoại]")


@pytest.mark.parametrize("between", ["-", "/", ".", " ", ", "])
def test_two_numbers_side_by_side_are_both_masked(between: str) -> None:
    masked = mask_personal(f"0912345678{between}0987654321")
    assert masked == f"[điện thoại]{between}[điện thoại]"


@pytest.mark.parametrize("landline", ["0234 3822 888", "02343822888", "(024) 38220055"])
def test_landlines_are_masked(landline: str) -> None:
    assert not any(digit in mask_personal(landline) for digit in "3528")


@given(digits=st.from_regex(r"[1-9][0-9]{8}([0-9]{3})?", fullmatch=True), around=AROUND)
def test_identity_numbers_are_masked(digits: str, around: str) -> None:
    assert not any(digit in mask_personal(around.format(digits)) for digit in "0123456789")


@pytest.mark.parametrize("written", ["001203004567", "001 203 004 567"])
def test_identity_numbers_that_begin_with_a_province_are_masked(written: str) -> None:
    assert mask_personal(f"cccd {written}.") == "cccd [số giấy tờ]."


@given(
    name=st.from_regex(r"[a-z][a-z0-9._+-]{0,10}", fullmatch=True),
    host=st.from_regex(r"[a-z]{1,8}(\.[a-z]{2,4}){1,2}", fullmatch=True),
)
def test_mail_addresses_are_masked(name: str, host: str) -> None:
    assert mask_personal(f"thư {name}@{host} ạ") == "thư [e-mail] ạ"


@given(text=st.lists(PIECES).map("".join))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask_personal(mask_personal(text)) == mask_personal(text)


def card_number(digits: str) -> str:
    """Give *digits* with the check digit that a card would bear behind them."""
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(reversed(digits))]
    return digits + str(-sum(sum(divmod(one, 10)) for one in doubled) % 10)


@given(digits=st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(card_number), around=AROUND)
def test_card_numbers_are_masked(digits: str, around: str) -> None:
    assert mask_personal(around.format(digits)) == around.format("[số thẻ]")


@given(
    digits=st.from_regex(r"[1-9][0-9]{14}([0-9]{3})?", fullmatch=True).map(card_number),
    gap=st.sampled_from([" ", "-", "."]),
)
def test_card_numbers_are_masked_in_groups(digits: str, gap: str) -> None:
    grouped = gap.join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert mask_personal(f"thẻ {grouped} nhé") == "thẻ [số thẻ] nhé"


@pytest.mark.parametrize("text", ["phí 1234 5678 9012 3456 đồng", "số 12345678901234567"])
def test_numbers_that_no_card_bears_are_not_called_one(text: str) -> None:
    assert "[số thẻ]" not in mask_personal(text)
