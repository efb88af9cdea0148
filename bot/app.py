"""The building's plan: the office is assembled here, and its doors are opened."""

import gc
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.doorkeeper import Door, open_all, repeated
from bot.doors import web, zalo_bot, zalo_oa
from bot.post import contacts, hooks, inbox, outbox
from bot.post.limits import Limits
from bot.post.office import PostOffice, open_post
from bot.settings import Settings
from handlers.conversation import Conversation
from handlers.desk import Office, OfficeCard
from knowledge.attachments import MEGABYTE, AttachmentLimits, Attachments
from knowledge.calendar.hours import OpeningHours
from knowledge.calendar.terms import Terms
from knowledge.calendar.working_days import WorkingCalendar
from knowledge.checklists import KEPT_DAYS, Checklists
from knowledge.clock import VIET_NAM
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.importer import SAMPLES, read_dossiers
from knowledge.dossiers.register import DossierRegister
from knowledge.glossary import load_glossary
from knowledge.matching import Matcher
from knowledge.matching.examples import load_examples
from knowledge.matching.foreign import load_foreign
from knowledge.matching.synonyms import load_synonyms
from knowledge.old_names import load_old_names
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.codes import load_old_codes
from knowledge.procedures.forms import FormShelf
from knowledge.procedures.readers import read_catalog
from knowledge.store.store import Store, is_outage, open_store
from knowledge.talks import Talks
from knowledge.vocabulary import Vocabulary

_CLEANING: Final = timedelta(hours=1)


@asynccontextmanager
async def open_office(settings: Settings) -> AsyncGenerator[Conversation]:
    """Read the catalogue, open the database, and give the conversation over both.

    Raises:
        KnowledgeError: the catalogue is broken, or the database cannot be opened.
    """
    catalog = read_catalog(settings.catalog)
    vocabulary = Vocabulary.load()
    matcher = build_matcher(catalog, vocabulary)
    async with open_store(settings.database_url) as store:
        yield Conversation(
            Office(
                card=_card(settings),
                catalog=catalog,
                vocabulary=vocabulary,
                matcher=matcher,
                terms=_terms(settings),
                old_codes=load_old_codes(),
                old_names=load_old_names(),
                glossary=load_glossary(),
                forms=FormShelf(settings.forms),
                store=store,
                now=now,
                attaching=_attaching(settings),
            )
        )


@asynccontextmanager
async def open_doors(settings: Settings, conversation: Conversation) -> AsyncGenerator[list[str]]:
    """Open every configured door and tell where each is; a broken one never stops another."""
    with settled():
        async with open_post(conversation) as post, _open_doors(settings, post) as where:
            yield where


@contextmanager
def settled() -> Generator[None]:
    """Keep the collector from going through the whole office again and again.

    It all stays, and a round over it held up everybody who came meanwhile for 0.1 seconds.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@asynccontextmanager
async def _open_doors(settings: Settings, post: PostOffice) -> AsyncGenerator[list[str]]:
    conversation = post.conversation
    doors: dict[str, Door] = {
        web.CHANNEL: lambda: web.open_door(
            conversation,
            host=settings.host,
            port=settings.port,
            around=web.Surroundings(
                secure_cookies=settings.secure_cookies,
                behind_proxy=settings.behind_proxy,
                framed_by=tuple(settings.embed_on.split()),
            ),
            post=post,
        )
    }
    deliveries = hooks.Hooks()
    if _is_called(settings):
        doors[hooks.NAME] = lambda: hooks.open_port(
            deliveries, host=settings.hooks_host, port=settings.hooks_port
        )
    doors |= _telegram(settings, post, deliveries) | _zalo(settings, post, deliveries)

    async def clean() -> None:
        async with conversation.office.store.transaction() as session:
            forgotten = now() - timedelta(days=settings.keep_days)
            await Talks(session).forget_before(forgotten)
            await Attachments(session).forget_drafts_before(forgotten)
            await Checklists(session).forget_before(now() - timedelta(days=KEPT_DAYS))
            await inbox.forget_before(session, now() - timedelta(days=settings.keep_days))
            await outbox.expire(session, now())
            await outbox.forget_before(session, now() - timedelta(days=settings.keep_days))
            await contacts.forget_before(session, now())

    async with (
        repeated("cleaning", clean, _CLEANING.total_seconds()),
        open_all(doors, post.health) as where,
    ):
        yield where


def _is_called(settings: Settings) -> bool:
    """Say whether any platform delivers to us."""
    telegram = settings.telegram_token is not None and settings.telegram_webhook_url is not None
    zalo = settings.zalo_bot_token is not None and settings.zalo_bot_webhook_url is not None
    return telegram or zalo or zalo_account(settings) is not None


def _telegram(settings: Settings, post: PostOffice, deliveries: hooks.Hooks) -> dict[str, Door]:
    """Plan Telegram's door, whose library is loaded only where somebody wants it: 30 MB."""
    if settings.telegram_token is None:
        return {}
    from bot.doors import telegram  # noqa: PLC0415

    token = settings.telegram_token.get_secret_value()
    limits = Limits(per_second=settings.telegram_per_second, chat_gap=settings.telegram_chat_gap)
    return {
        telegram.CHANNEL: lambda: telegram.open_door(
            post,
            token=token,
            api=settings.telegram_api,
            proxy=settings.telegram_proxy,
            limits=limits,
            webhook_url=settings.telegram_webhook_url,
            hooks=deliveries,
        )
    }


def zalo_account(settings: Settings) -> zalo_oa.Account | None:
    """Give the Official Account that the settings name, or None where they do not."""
    app_secret, webhook_secret = settings.zalo_oa_app_secret, settings.zalo_oa_webhook_secret
    if not (settings.zalo_oa_id and settings.zalo_oa_app_id and app_secret and webhook_secret):
        return None
    key = settings.zalo_oa_token_key
    return zalo_oa.Account(
        oa_id=settings.zalo_oa_id,
        app_id=settings.zalo_oa_app_id,
        app_secret=app_secret.get_secret_value(),
        webhook_secret=webhook_secret.get_secret_value(),
        token_key=None if key is None else key.get_secret_value(),
        api=settings.zalo_oa_api,
        oauth=settings.zalo_oa_oauth,
        push=timedelta(hours=settings.zalo_oa_push_hours),
        pause=timedelta(minutes=settings.zalo_oa_pause_minutes),
        files_from=tuple(settings.zalo_files_from.split()),
    )


def _zalo(settings: Settings, post: PostOffice, deliveries: hooks.Hooks) -> dict[str, Door]:
    doors: dict[str, Door] = {}
    account, token = zalo_account(settings), settings.zalo_bot_token
    if token is not None:
        doors[zalo_bot.CHANNEL] = lambda: zalo_bot.open_door(
            post,
            token=token.get_secret_value(),
            api=settings.zalo_bot_api,
            webhook_url=settings.zalo_bot_webhook_url,
            hooks=deliveries,
            files_from=settings.zalo_files_from.split(),
        )
    if account is not None:
        doors[zalo_oa.CHANNEL] = lambda: zalo_oa.open_door(post, account, hooks=deliveries)
    return doors


def build_matcher(catalog: Catalog, vocabulary: Vocabulary | None = None) -> Matcher:
    """Compile *catalog* with the shipped words of citizens."""
    words = vocabulary or Vocabulary.load()
    with _collecting_nothing():
        return Matcher(catalog, words, load_synonyms(), load_foreign(), load_examples())


@contextmanager
def _collecting_nothing() -> Generator[None]:
    """Spare the collector what all stays: over a national list it takes a sixth of the start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


async def lay_out_samples(store: Store) -> DossierCode | None:
    """Put invented dossiers on the shelf where there are none; give the code of one there."""
    samples = read_dossiers(SAMPLES, invented=True)
    try:
        async with store.transaction() as session:
            register = DossierRegister(session)
            if await register.count() == 0:
                await register.keep(samples, now())
            return samples[0].code if await register.count_invented() else None
    except SQLAlchemyError as error:
        if not is_outage(error):
            raise
        return None  # the doors open all the same: they can wait for a busy database


def now() -> datetime:
    """Read the clock, in the one zone of Viet Nam."""
    return datetime.now(VIET_NAM)


def _terms(settings: Settings) -> Terms:
    calendar = WorkingCalendar.load()
    if not settings.office_hours:
        return Terms(calendar)
    return Terms(calendar, OpeningHours.parse(settings.office_hours))


def _attaching(settings: Settings) -> AttachmentLimits:
    return AttachmentLimits(
        files=settings.feedback_files,
        file_bytes=settings.feedback_file_mb * MEGABYTE,
        all_bytes=settings.feedback_all_mb * MEGABYTE,
        day_bytes=settings.feedback_day_mb * MEGABYTE,
    )


def _card(settings: Settings) -> OfficeCard:
    return OfficeCard(
        name=settings.office_name,
        address=settings.office_address,
        telephone=settings.office_telephone,
        hours=settings.office_hours,
        keep_days=settings.keep_days,
        fresh_days=settings.fresh_days,
        public_url=settings.public_url,
    )
