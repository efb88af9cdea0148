"""What the Official Account tells us: signed or refused, understood or left aside."""

import asyncio
import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doors.zalo_oa import read
from bot.doors.zalo_oa.reading import Happened, Left, OfficerSpoke, Said
from bot.doors.zalo_oa.signature import fresh, genuine
from bot.doors.zalo_oa.webhook import receiver
from bot.post.hooks import Delivery
from tests.bot.zalo_oa_peer import APP, CITIZEN, OA, SIGNING, ZaloOaPeer, signature
from tests.citizen import NOON

STAMP: Final = str(int(NOON.timestamp() * 1000))
# Zalo's own sample; what it should sign to was reckoned with another program (sha256sum).
SAMPLE: Final = (
    b'{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},'
    b'"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},'
    b'"event_name":"user_send_text","message":{"text":"message","msg_id":"96d3cdf3af150460909"},'
    b'"timestamp":"154390853474"}'
)
SAMPLE_MAC: Final = "47cd5c1a42e435a313d2d5ee8e7eca22b63978fc0d44929c686c5aec24c1193d"
SPACED: Final = (
    '{"app_id":"1", "event_name": "user_send_text",'
    '"message":{"text":"hồ sơ đến đâu"},"timestamp":1543908534740}'
).encode()
SPACED_MAC: Final = "6ab13d3cd9b1cbaaf4cd26139c4326e53f66f48748b3afe5e48adf9c3df2e270"


def signs(header: str, raw: bytes = SAMPLE) -> bool:
    return genuine(
        raw,
        header,
        timestamp="154390853474",
        app_id="360846524940903967",
        secret="no-secret-of-anybody",  # noqa: S106 - that is what it says
    )


@pytest.mark.parametrize(
    "header",
    [
        f"mac={SAMPLE_MAC}",
        SAMPLE_MAC,
        f"mac={SAMPLE_MAC.upper()}",
        f"MAC={SAMPLE_MAC}",
        f" mac = {SAMPLE_MAC} ",
    ],
)
def test_the_sample_is_known_by_its_signature(header: str) -> None:
    assert signs(header)


@pytest.mark.parametrize(
    "header", ["", "mac=", "mac=0", SAMPLE_MAC[:-1], SAMPLE_MAC + "0", "mac=\udcff", "é" * 64]
)
def test_another_signature_is_none(header: str) -> None:
    assert not signs(header)


def test_the_body_is_signed_as_it_came() -> None:
    mac = {"timestamp": "1543908534740", "app_id": "1", "secret": "khóa"}
    assert genuine(SPACED, SPACED_MAC, **mac)
    written_anew = json.dumps(json.loads(SPACED), ensure_ascii=False).encode()
    assert not genuine(written_anew, SPACED_MAC, **mac)


@given(at=st.integers(0, len(SAMPLE) - 1), byte=st.integers(0, 255))
def test_no_byte_can_be_changed(at: int, byte: int) -> None:
    changed = SAMPLE[:at] + bytes([byte]) + SAMPLE[at + 1 :]
    assert signs(SAMPLE_MAC, changed) == (changed == SAMPLE)


@pytest.mark.parametrize(
    ("age", "again", "taken"),
    [
        (timedelta(0), False, True),
        (timedelta(minutes=9), False, True),
        (timedelta(minutes=11), False, False),
        (timedelta(minutes=-9), False, True),
        (timedelta(minutes=-11), False, False),
        (timedelta(hours=1), True, True),
        (timedelta(hours=13), True, True),
        (timedelta(hours=25), True, False),
    ],
)
def test_an_old_copy_is_not_taken(age: timedelta, *, again: bool, taken: bool) -> None:
    stamp = str(int((NOON - age).timestamp() * 1000))
    assert fresh(stamp, NOON, again=again) is taken


@given(st.text())
def test_no_moment_breaks_the_check(stamp: str) -> None:
    assert isinstance(fresh(stamp, NOON, again=False), bool)


def event(name: str = "user_send_text", **changes: Any) -> dict[str, Any]:
    return {
        "app_id": APP,
        "sender": {"id": CITIZEN},
        "recipient": {"id": OA},
        "event_name": name,
        "message": {"text": "Xin chào", "msg_id": "96d3cdf3af150460909"},
        "timestamp": STAMP,
    } | changes


def happens(event: Any) -> Happened | None:
    return read(json.dumps(event).encode(), OA)


def said(event: Any) -> tuple[str, str, str, str]:
    happened = happens(event)
    assert isinstance(happened, Said)
    message = happened.message
    assert message.channel == "zalo_oa"
    return message.chat, message.text, message.kind, message.external_id


def test_words_are_read() -> None:
    assert said(event()) == (CITIZEN, "Xin chào", "text", "96d3cdf3af150460909")


def test_numbers_may_stand_where_texts_should() -> None:
    numbers = event(sender={"id": 246845883529197922}, recipient={"id": int(OA)}, timestamp=7)
    assert said(numbers)[:2] == (CITIZEN, "Xin chào")


@pytest.mark.parametrize(
    ("kind", "heard"),
    [
        ("image", "picture"),
        ("gif", "picture"),
        ("audio", "voice"),
        ("video", "file"),
        ("file", "file"),
        ("sticker", "sticker"),
        ("location", "place"),
        ("business_card", "contact"),
        ("new", "unreadable"),
    ],
)
def test_what_has_no_words_is_told_apart(kind: str, heard: str) -> None:
    message = {"msg_id": "1", "attachments": [{"type": kind, "payload": {"url": "http://x"}}]}
    assert said(event(f"user_send_{kind}", message=message))[1:3] == ("", heard)


def test_words_beside_a_picture_or_a_link_are_read() -> None:
    for kind in ("image", "link"):
        assert said(event(f"user_send_{kind}"))[1:3] == ("Xin chào", "text")


def test_a_form_that_an_officer_asked_for_is_not_read() -> None:
    form = event("user_submit_info", info={"name": "An", "phone": "84900000000"})
    del form["message"]
    assert said(form) == (CITIZEN, "", "unreadable", f"user_submit_info-{STAMP}")


def test_who_is_not_logged_on_is_reached_through_the_conversation() -> None:
    message = {"text": "Xin chào", "msg_id": "1", "conversation_id": "c0n"}
    assert said(event("anonymous_send_text", message=message))[0] == f"anonymous/{CITIZEN}/c0n"
    assert happens(event("anonymous_send_text")) is None


def test_a_follower_is_greeted_and_may_leave() -> None:
    follower = {"follower": {"id": CITIZEN}, "sender": None, "recipient": None, "message": None}
    follow = said(event("follow", **follower))
    assert follow == (CITIZEN, "/start", "text", f"follow-{STAMP}")
    assert happens(event("unfollow", **follower)) == Left(CITIZEN)
    assert happens(event("follow", oa_id="another", **follower)) is None


def test_an_officer_is_told_from_our_own_echo() -> None:
    ours = {"recipient": {"id": CITIZEN}}
    by_hand = event("oa_send_text", sender={"id": OA, "admin_id": "9"}, **ours)
    assert happens(by_hand) == OfficerSpoke(CITIZEN)
    assert happens(by_hand | {"event_name": "oa_send_image"}) == OfficerSpoke(CITIZEN)
    assert happens(event("oa_send_text", sender={"id": OA}, **ours)) is None
    assert happens(event("oa_send_text", sender={"id": "1", "admin_id": "9"}, **ours)) is None


@pytest.mark.parametrize(
    "odd",
    [
        event("user_received_message", sender={"id": OA}),
        event("user_seen_message", sender={"id": OA}),
        event("user_reacted_message"),
        event("user_send_group_text"),
        event("oa_send_group_text", sender={"id": OA, "admin_id": "9"}),
        event("add_user_to_tag"),
        event("something_send_text"),
        event("_send_"),
        event(""),
        event(recipient={"id": "another account"}),
        event(recipient={"id": "388613280878808646"}),
        event(sender=None),
        event(sender={"id": "../.."}),
        event(sender={"id": ["1"]}),
        event(message="words"),
        event(message={"text": {"a": 1}, "msg_id": "1"}),
        {"event_name": "user_send_text"},
        [],
        None,
    ],
    ids=json.dumps,
)
def test_everything_else_is_left_aside(odd: Any) -> None:
    assert happens(odd) is None


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "admin_id", "text", "msg_id"]), inner)
    ),
    max_leaves=10,
)


@given(
    changes=st.dictionaries(st.sampled_from([*event(), "follower", "oa_id"]), JSON),
    name=st.sampled_from(["user_send_text", "oa_send_text", "follow", "anonymous_send_text"]),
)
def test_any_event_happens_or_does_not(changes: dict[str, Any], name: str) -> None:
    assert isinstance(happens(event(name) | changes), Happened | None)


@given(st.binary())
def test_any_body_happens_or_does_not(body: bytes) -> None:
    assert read(body, OA) is None


def receives(body: bytes, headers: dict[str, str]) -> tuple[HTTPStatus, list[Happened]]:
    taken: list[Happened] = []

    async def take(happened: Happened) -> None:
        taken.append(happened)

    receive = receiver(ZaloOaPeer().account(), lambda: NOON, take)
    return asyncio.run(receive(Delivery(headers, body))), taken


def test_what_zalo_signed_comes_in() -> None:
    body = json.dumps(event()).encode()
    status, taken = receives(body, {"X-ZEvent-Signature": f"mac={signature(body, STAMP)}"})
    assert (status, len(taken)) == (HTTPStatus.OK, 1)


@pytest.mark.parametrize("probe", [b"", b"{}", b" {}\n"])
def test_a_probe_is_answered_and_nothing_done(probe: bytes) -> None:
    assert receives(probe, {}) == (HTTPStatus.OK, [])


@pytest.mark.parametrize(
    ("changes", "app", "secret"),
    [
        ({}, APP, "another secret"),
        ({}, "1", SIGNING),
        ({"app_id": "1"}, APP, SIGNING),
        ({"app_id": "1"}, "1", SIGNING),
        ({"app_id": None}, APP, SIGNING),
        ({"timestamp": None}, APP, SIGNING),
        ({"timestamp": STAMP + "0"}, APP, SIGNING),
    ],
)
def test_what_zalo_did_not_sign_so_is_refused(
    changes: dict[str, Any], app: str, secret: str
) -> None:
    body = json.dumps(event(**changes)).encode()
    header = signature(body, STAMP, app=app, secret=secret)
    status, taken = receives(body, {"X-ZEvent-Signature": header})
    assert (status, taken) == (HTTPStatus.FORBIDDEN, [])


def test_an_old_delivery_needs_to_be_called_a_retry() -> None:
    stamp = str(int((NOON - timedelta(hours=1)).timestamp() * 1000))
    body = json.dumps(event(timestamp=stamp)).encode()
    signed = {"X-ZEvent-Signature": signature(body, stamp)}
    assert receives(body, signed)[0] == HTTPStatus.FORBIDDEN
    assert receives(body, signed | {"num_retry": "3"})[0] == HTTPStatus.OK


@given(body=st.binary(), header=st.text())
def test_nothing_unsigned_comes_in(body: bytes, header: str) -> None:
    status, taken = receives(body, {"X-ZEvent-Signature": header})
    assert taken == []
    assert (status == HTTPStatus.OK) == (body.strip() in (b"", b"{}"))
