"""Twenty procedures answered part by part, kept as text so that a person can read and sign them.

Read `golden/`, compare with the source, and only then let a change stand. To write the files
anew after an intended change: `python -m tests.handlers.golden`.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.app import open_office
from bot.settings import Settings
from handlers import telling
from handlers.desk import Desk
from handlers.telling import OwnCase
from knowledge.matching import Found
from knowledge.procedures.procedure import Facet, Procedure
from tests.citizen import NOON

FILES: Final = Path(__file__).parent / "golden"
# One of each field and kind: X-ray, industrial, postal, telecom, frequencies, agents, patents,
# measuring, conformity, tasks, centres; with and without money, cases, contradictions.
CODES: Final = (
    "1.000449", "1.002655", "1.003633", "1.003659", "1.004379", "1.005444", "1.010265",
    "1.013910", "1.013916", "1.013924", "1.013968", "1.014390", "1.014445", "1.014459",
    "1.014525", "1.014642", "1.014656", "1.014679", "1.014882", "2.002249",
)  # fmt: skip


def answers(procedure: Procedure, desk: Desk) -> str:
    """Write every part of a procedure as a citizen reads it."""
    told = []
    for facet in (Facet.OVERVIEW, *(one for one in Facet if one is not Facet.OVERVIEW)):
        found = Found.named(procedure, (facet,))
        reply = telling.tell(found, OwnCase(), desk, whole=True).reply
        offered = " | ".join(choice.label for choice in reply.choices)
        told.append(f"=== {facet}\n{reply.text}\n[{offered}]\n")
    return "\n".join(told)


@asynccontextmanager
async def golden_desk() -> AsyncGenerator[Desk]:
    """Set a desk at the moment of the tests, with the shipped data and no office told."""
    settings = Settings(database_url="sqlite+aiosqlite:///:memory:", fresh_days=180)
    async with open_office(settings) as conversation:
        office = replace(conversation.office, now=lambda: NOON)
        async with office.desk() as desk:
            yield desk


async def write() -> None:
    """Write all files anew."""
    FILES.mkdir(exist_ok=True)
    async with golden_desk() as desk:
        for code in CODES:
            procedure = desk.catalog.find(code)
            assert procedure is not None, code
            (FILES / f"{code}.txt").write_text(answers(procedure, desk))


if __name__ == "__main__":
    asyncio.run(write())
