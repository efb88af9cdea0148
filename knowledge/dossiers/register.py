"""The bot's own table of dossiers, filled by imports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status
from knowledge.store.tables import DossierRow


class DossierRegister:
    """Dossiers in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, code: DossierCode) -> Dossier | None:
        """Return the dossier that bears *code*, or None where there is none."""
        row = await self._session.get(DossierRow, code)
        return None if row is None else _dossier(row)

    async def keep(self, dossiers: Sequence[Dossier], at: datetime) -> None:
        """Add *dossiers*, or replace those with the same code; real ones drive samples out."""
        if any(not dossier.invented for dossier in dossiers):
            await self._session.exec(delete(DossierRow).where(col(DossierRow.invented)))
        for dossier in dossiers:
            await self._session.merge(_row(dossier, at))

    async def count(self) -> int:
        """Say how many dossiers there are."""
        return (await self._session.exec(select(func.count()).select_from(DossierRow))).one()

    async def count_invented(self) -> int:
        """Say how many of them are samples."""
        samples = select(func.count()).select_from(DossierRow).where(col(DossierRow.invented))
        return (await self._session.exec(samples)).one()


def _dossier(row: DossierRow) -> Dossier:
    return Dossier(
        code=DossierCode(row.code),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        owner_masked=row.owner_masked,
        status=Status(row.status),
        source_status=row.source_status,
        received_at=row.received_at,
        due_at=row.due_at,
        returned_at=row.returned_at,
        agency=row.agency,
        note=row.note,
        invented=row.invented,
    )


def _row(dossier: Dossier, at: datetime) -> DossierRow:
    return DossierRow(
        code=dossier.code,
        procedure_name=dossier.procedure_name,
        procedure_code=dossier.procedure_code,
        owner_masked=dossier.owner_masked,
        status=int(dossier.status),
        source_status=dossier.source_status,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        agency=dossier.agency,
        note=dossier.note,
        invented=dossier.invented,
        imported_at=at,
    )
