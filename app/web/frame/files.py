"""What is sent as a file: a table that a spreadsheet opens, a text."""

from collections.abc import Iterable

from werkzeug.wrappers import Response

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send(parts: Iterable[str] | Iterable[bytes], name: str, ending: str) -> Response:
    """Return an answer that a browser saves under a name; `ending` is that of its kind, the file all the parts."""
    response = Response(parts, content_type=CONTENT_TYPES[ending])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return response
