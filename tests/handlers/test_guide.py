"""The guided start: every procedure can be reached by taps alone."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.desk import Desk, Office
from handlers.guide import guide
from handlers.messages import Choice, Message
from handlers.texts import guide as texts
from knowledge.procedures.catalog import Catalog
from tests.citizen import Citizen


def tap(sends: str) -> Message:
    return Message(channel="web", chat="c", text=sends, external_id="1")


async def reachable(desk: Desk) -> set[str]:
    """Tap everything that is offered, and name the procedures that were met."""
    seen: set[str] = set()
    met: set[str] = set()
    waiting = ["/lv"]
    while waiting:
        sends = waiting.pop()
        seen.add(sends)
        for choice in (await guide(tap(sends), desk)).reply.choices:
            if choice.sends.startswith("/tt "):
                met.add(choice.sends.split()[1])
            elif choice.sends.startswith("/lv") and choice.sends not in seen:
                waiting.append(choice.sends)
    return met


async def test_every_procedure_is_reached_by_taps(office: Office, catalog: Catalog) -> None:
    async with office.desk() as desk:
        assert await reachable(desk) == {procedure.code for procedure in catalog}


async def test_the_guide_leads_from_field_to_procedure(citizen: Citizen) -> None:
    await citizen.says("/thutuc")
    await citizen.taps(texts.START.label)
    await citizen.taps("Bưu chính")
    await citizen.taps("Gia hạn, sắp hết hạn")
    assert "1.003633" in await citizen.taps("Phạm vi nội tỉnh")


async def test_no_page_offers_more_than_a_thumb_can_reach(office: Office) -> None:
    async with office.desk() as desk:
        reply = (await guide(tap("/lv 7 amend"), desk)).reply
    assert len(reply.choices) <= 8
    assert Choice(texts.MORE, "/lv 7 amend 2") in reply.choices


# The office is only read here, so that sharing it between examples is no harm.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="0123456789 aeinrwz²-", max_size=20))
async def test_whatever_follows_the_command_gets_a_reply(office: Office, words: str) -> None:
    async with office.desk() as desk:
        assert (await guide(tap(f"/lv {words}"), desk)).reply.text
