"""A host of files, as platforms name them in what they deliver: on a port of this machine."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.files import JPEG


@dataclass
class FileHost:
    """Serves what it is told to, and remembers what was asked."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=lambda: {"/a.jpg": JPEG})
    moved: dict[str, str] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if request.path in self.moved:
            raise web.HTTPFound(self.moved[request.path])
        if request.path not in self.files:
            raise web.HTTPNotFound
        response = web.StreamResponse()
        response.enable_chunked_encoding()  # so that its size is not told before
        await response.prepare(request)
        await response.write(self.files[request.path])
        return response


@asynccontextmanager
async def open_host() -> AsyncGenerator[FileHost]:
    """Give a host that listens, and close it in the end."""
    host = FileHost()
    app = web.Application()
    app.add_routes([web.get("/{path:.*}", host.answer)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield host
    finally:
        await runner.cleanup()
