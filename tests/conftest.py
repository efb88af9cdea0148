"""What the tests share: the shipped catalogue, a fresh database each, a citizen."""

import asyncio
import gc
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from handlers.conversation import Conversation
from handlers.desk import Office, OfficeCard
from knowledge.calendar.terms import Terms
from knowledge.calendar.working_days import WorkingCalendar
from knowledge.glossary import load_glossary
from knowledge.matching import Matcher
from knowledge.matching.examples import load_examples
from knowledge.matching.foreign import load_foreign
from knowledge.matching.synonyms import load_synonyms
from knowledge.old_names import load_old_names
from knowledge.procedures.catalog import SHIPPED, Catalog
from knowledge.procedures.codes import load_old_codes
from knowledge.procedures.forms import FormShelf
from knowledge.procedures.readers import read_catalog
from knowledge.store.store import Store, open_store
from knowledge.vocabulary import Vocabulary
from tests.citizen import NOON, Citizen
from tests.postgres import new_database, open_server

_WORKERS: Final = 2


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share the default run out between processes; what is named or watched runs in this one."""
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    others = config.option.markexpr != "not slow"
    watched = config.option.capture == "no"
    return 0 if named or others or watched else _WORKERS


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return read_catalog(SHIPPED)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture(scope="session")
def matcher(catalog: Catalog, vocabulary: Vocabulary) -> Matcher:
    matcher = Matcher(catalog, vocabulary, load_synonyms(), load_foreign(), load_examples())
    gc.collect()
    gc.freeze()  # all that is here stays, and going through it again and again takes long
    return matcher


async def migrate(url: str) -> None:
    async with open_store(url):
        pass


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> str:
    """Give a database of this test's own; migrating once and copying saves a second a test."""
    path = shutil.copy(migrated, tmp_path / "office.db")
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def postgres() -> Generator[str]:
    with open_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> Generator[str]:
    with new_database(postgres) as url:
        asyncio.run(migrate(url))
        yield url


@pytest.fixture
def postgres_database(postgres: str, migrated_postgres: str) -> Generator[str]:
    with new_database(postgres, migrated_postgres) as url:
        yield url


@pytest.fixture(params=["database", "postgres_database"], ids=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest) -> str:
    """Give a database of each kind in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def store(database: str) -> AsyncGenerator[Store]:
    async with open_store(database) as store:
        yield store


@pytest.fixture(scope="session")
def furnished(catalog: Catalog, vocabulary: Vocabulary, matcher: Matcher) -> Callable[..., Office]:
    """Give all that an office has but its store; reading it takes longer than most talks."""
    return partial(
        Office,
        card=OfficeCard(name="Sở Khoa học và Công nghệ", fresh_days=3650),
        catalog=catalog,
        vocabulary=vocabulary,
        matcher=matcher,
        terms=Terms(WorkingCalendar.load()),
        old_codes=load_old_codes(),
        old_names=load_old_names(),
        glossary=load_glossary(),
        forms=FormShelf(),
        now=lambda: NOON,
    )


@pytest.fixture
def office(furnished: Callable[..., Office], store: Store) -> Office:
    return furnished(store=store)


@pytest.fixture
def conversation(office: Office) -> Conversation:
    return Conversation(office)


@pytest.fixture
def citizen(conversation: Conversation) -> Citizen:
    return Citizen(conversation)
