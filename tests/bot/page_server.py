"""The page's server for tests: as in the running program, who leaves cuts no route short."""

import asyncio
from typing import Any

from aiohttp.test_utils import TestServer
from aiohttp.web_runner import BaseRunner


class PageServer(TestServer):
    """Serves as ours does; aiohttp's own for tests cancels the route whose reader leaves."""

    async def _make_runner(self, **how: Any) -> BaseRunner:
        return await super()._make_runner(**how | {"handler_cancellation": False})

    async def until_all_left(self) -> None:
        """Wait until no line is open, and no route goes on whose reader left."""
        assert self.runner is not None
        while self.runner.server and self.runner.server.connections:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)
