"""The log: what happened and where in our lines, never what anybody wrote."""

import asyncio
import logging
import traceback
from collections.abc import Generator
from types import TracebackType
from typing import Any, Final

log = logging.getLogger(__name__)

_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


def set_up() -> None:
    """Write the log to stderr."""
    writer = logging.StreamHandler()
    writer.setFormatter(Discreet(_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[writer])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def told(error: BaseException) -> str:
    """Tell *error* and what led to it by their names and lines of code.

    Their own words may hold a citizen's, a key or an address.
    """
    return "\ncaused by ".join(
        f"{type(one).__name__}\n{''.join(traceback.format_tb(one.__traceback__))}".rstrip()
        for one in _chain(error)
    )


def _chain(error: BaseException | None) -> Generator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


class Discreet(logging.Formatter):
    """Writes a traceback of any library without the words of the error."""

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Tell the error's name and the lines of code."""
        return told(ei[1]) if ei[1] is not None else ""


def on_loop_trouble(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what the event loop complains of; its own way shows the values in hand."""
    del loop
    error = context.get("exception")
    log.error("%s: %s", context["message"], told(error) if error else "no error")
