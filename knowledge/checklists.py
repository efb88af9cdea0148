"""Checklists of papers that citizens tick off, over days and on whatever channel.

A list belongs to its code, not to a person: whoever types the code on another channel has the
same list there. It holds no name and nothing that was said.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from sqlalchemy import tuple_
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.people import Chat
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.papers import Paper, by_case, cases_of, papers_of
from knowledge.procedures.procedure import Procedure, ProcedureCode
from knowledge.short_codes import ALPHABET, LENGTH, SEPARATORS, tail
from knowledge.store.tables import ChecklistHolderRow, ChecklistRow, ChecklistTickRow
from knowledge.text import clean

ChecklistCode = NewType("ChecklistCode", str)

KEPT_DAYS: Final = 180  # after the last use; a licence of radiation work takes half a year
_CODE: Final = re.compile(
    rf"(?<![0-9A-Z])DS{SEPARATORS}((?=[A-Z]*\d)[{ALPHABET}]{{{LENGTH}}})(?![0-9A-Z])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The papers of one procedure in one case, and which of them are at hand."""

    code: ChecklistCode
    procedure: ProcedureCode
    cases: tuple[str, ...]
    ticked: frozenset[str]
    """Keys of papers; one that the catalogue no longer has counts for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """A checklist beside what the catalogue says today of its procedure and papers."""

    code: ChecklistCode
    procedure: Procedure
    cases: tuple[str, ...]
    papers: tuple[Paper, ...]
    ticked: frozenset[str]

    @property
    def other_cases(self) -> tuple[str, ...]:
        """Give the cases that the list is not for."""
        return tuple(one for one in cases_of(self.procedure) if one not in self.cases)

    @property
    def missing(self) -> tuple[tuple[int, Paper], ...]:
        """Give the papers that are not at hand, with their numbers in the list."""
        numbered = enumerate(self.papers, 1)
        return tuple(one for one in numbered if one[1].key not in self.ticked)


def opened(checklist: Checklist | None, catalog: Catalog) -> OpenList | None:
    """Lay *checklist* beside the catalogue; None where either knows nothing of it any more."""
    procedure = None if checklist is None else catalog.find(checklist.procedure)
    if checklist is None or procedure is None:
        return None
    return OpenList(
        code=checklist.code,
        procedure=procedure,
        cases=checklist.cases,
        papers=by_case(papers_of(procedure, checklist.cases)),
        ticked=checklist.ticked,
    )


class Checklists:
    """All checklists, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def start(
        self, procedure: ProcedureCode, cases: tuple[str, ...], at: datetime
    ) -> ChecklistCode:
        """Begin a list with nothing ticked."""
        code = ChecklistCode(f"DS-{tail()}")
        while await self._session.get(ChecklistRow, code) is not None:
            code = ChecklistCode(f"DS-{tail()}")
        row = ChecklistRow(
            code=code,
            procedure_code=procedure,
            cases=json.dumps(cases, ensure_ascii=False),
            used_at=at,
        )
        self._session.add(row)
        await self._session.flush()
        return code

    async def find(self, code: ChecklistCode) -> Checklist | None:
        """Return the list that bears *code*, or None."""
        row = await self._session.get(ChecklistRow, code)
        if row is None:
            return None
        query = select(ChecklistTickRow.paper).where(ChecklistTickRow.checklist_code == code)
        return Checklist(
            code=code,
            procedure=ProcedureCode(row.procedure_code),
            cases=tuple(json.loads(row.cases)),
            ticked=frozenset(await self._session.exec(query)),
        )

    async def held(self, chats: Iterable[Chat]) -> list[Checklist]:
        """Return the lists that any of *chats* has used, the last used first."""
        holder = tuple_(col(ChecklistHolderRow.channel), col(ChecklistHolderRow.chat))
        query = (
            select(ChecklistHolderRow.checklist_code)
            .where(holder.in_([(one.channel, one.chat) for one in chats]))
            .order_by(col(ChecklistHolderRow.used_at).desc())
        )
        codes = dict.fromkeys(await self._session.exec(query))
        found = [await self.find(ChecklistCode(code)) for code in codes]
        return [one for one in found if one is not None]

    async def use(self, code: ChecklistCode, channel: str, chat: str, at: datetime) -> None:
        """Note that a chat uses a list, which is kept for as long again."""
        row = await self._session.get_one(ChecklistRow, code)
        row.used_at = at
        await self._session.merge(
            ChecklistHolderRow(channel=channel, chat=chat, checklist_code=code, used_at=at)
        )

    async def widen(self, code: ChecklistCode, cases: Iterable[str]) -> None:
        """Let a list hold also the papers of other cases; its ticks stay."""
        row = await self._session.get_one(ChecklistRow, code)
        held = [*json.loads(row.cases), *cases]
        row.cases = json.dumps(list(dict.fromkeys(held)), ensure_ascii=False)
        await self._session.flush()

    async def mark(self, code: ChecklistCode, papers: Iterable[str], *, there: bool) -> None:
        """Tick *papers*, or take their ticks away; what is so already stays so."""
        for paper in papers:
            row = await self._session.get(ChecklistTickRow, (code, paper))
            if there and row is None:
                self._session.add(ChecklistTickRow(checklist_code=code, paper=paper))
            elif row is not None and not there:
                await self._session.delete(row)
        await self._session.flush()

    async def forget_before(self, moment: datetime) -> None:
        """Delete the lists that nobody has used since *moment*."""
        old = select(ChecklistRow.code).where(col(ChecklistRow.used_at) < moment)
        for table in (ChecklistTickRow, ChecklistHolderRow):
            await self._session.exec(delete(table).where(col(table.checklist_code).in_(old)))
        await self._session.exec(delete(ChecklistRow).where(col(ChecklistRow.used_at) < moment))


def find_checklist_code(text: str) -> ChecklistCode | None:
    """Return the code of a list that *text* holds, whatever its case and separators, or None."""
    found = _CODE.search(clean(text).upper())
    return ChecklistCode(f"DS-{found[1]}") if found else None
