"""What we told citizens, as shown, and what they said was wrong: nobody's name beside it.

Guidance given must be kept at the one-stop desk (NĐ 118/2025/NĐ-CP Đ.16).
"""

import hashlib
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.store.store import add_once
from knowledge.store.tables import AnswerRow, ErrorReportRow


class AnswerBook:
    """The book of answers shown and of errors reported, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, text: str, procedure_code: str, at: datetime) -> None:
        """Note that *text* was shown; the same words are kept once, and counted."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        row = AnswerRow(
            digest=digest,
            procedure_code=procedure_code,
            text=text,
            first_at=at,
            last_at=at,
            times=0,
        )
        await add_once(self._session, [row])
        # Locked: other replicas may be showing the same words to others now.
        kept = await self._session.get_one(AnswerRow, digest, with_for_update=True)
        kept.times += 1
        kept.last_at = at

    async def report(self, text: str, procedure_code: str, at: datetime) -> None:
        """Keep for the officers that somebody called an answer wrong, with its words."""
        self._session.add(ErrorReportRow(procedure_code=procedure_code, text=text, at=at))

    async def reports(self) -> list[tuple[str, str]]:
        """Return what was called wrong, newest first: procedure code and answer."""
        rows = await self._session.exec(
            select(ErrorReportRow).order_by(col(ErrorReportRow.id).desc())
        )
        return [(row.procedure_code, row.text) for row in rows]

    async def times_shown(self, text: str) -> int:
        """Say how often *text* was shown."""
        row = await self._session.get(AnswerRow, hashlib.sha256(text.encode()).hexdigest())
        return 0 if row is None else row.times
