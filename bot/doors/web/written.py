"""JSON in which Vietnamese stays readable."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web


def dumps(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Write *value* on one line."""
    return json.dumps(value, ensure_ascii=False)


def answer(value: Any, status: int = HTTPStatus.OK) -> web.Response:  # noqa: ANN401 - as above
    """Answer with *value*."""
    return web.json_response(value, status=status, dumps=dumps)
