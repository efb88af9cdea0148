"""What talks are about: two procedures of the catalogue."""

import pytest

from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure


@pytest.fixture(scope="session")
def one(catalog: Catalog) -> Procedure:
    """Give a procedure with money, papers and terms to ask for."""
    return next(
        procedure
        for procedure in catalog
        if procedure.documents and procedure.terms and any(fee.amount for fee in procedure.fees)
    )


@pytest.fixture(scope="session")
def other(catalog: Catalog, one: Procedure) -> Procedure:
    """Give a second one."""
    return next(procedure for procedure in catalog if procedure is not one and procedure.documents)
