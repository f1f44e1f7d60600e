"""A table sent as a file that a spreadsheet opens."""

from collections.abc import Iterable

from werkzeug.wrappers import Response

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send(parts: Iterable[str] | Iterable[bytes], name: str, ending: str) -> Response:
    """Return an answer that a browser saves under a name; `ending` is csv or xlsx, and the file is all the parts."""
    response = Response(parts, content_type=CONTENT_TYPES[ending])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return response
