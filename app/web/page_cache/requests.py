"""What the server received, as WSGI has it: the head of a request, and its body, read before a thread is taken."""

import asyncio
import io
import sys
from functools import lru_cache
from typing import Any

from app.web.frame.errors import REFUSAL

# In seconds: how long a body may take, from the end of the head to its last byte.
LONGEST = 60.0
# In bytes: what is read, and thrown away, of a body that is too large, so that whoever sent it hears so; and what a
# process holds of bodies that are on their way or whose answer is.
THROWN_AWAY, MOST_HELD = 16 * 2**20, 64 * 2**20
PLAIN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
BASE = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}

Environ = dict[str, Any]


def make_environ(scope: Any) -> Environ:
    """Write the head of a request as WSGI has it (PEP 3333)."""
    host, _colon, port = scope.server.rpartition(":")
    environ = BASE | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
    }
    for name, value in scope.headers.items():
        key = _key_of(name)
        environ[key] = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}" if key in environ else value
    environ.pop("", None)
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


@lru_cache(maxsize=256)
def _key_of(name: str) -> str:
    """Return the key of a header; nothing for one that would pass for the header of a proxy, which has dashes."""
    if "_" in name:
        return ""
    return PLAIN.get(name) or f"HTTP_{name.upper().replace('-', '_')}"


def has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ


class Bodies:
    """Reads the bodies that a process is sent; `most` is how many bytes one may have."""

    def __init__(self, most: int):
        self.most, self.held = most, 0

    async def read(self, environ: Environ, proto: Any) -> int:
        """Put the body of a request, or the code of its refusal, into its environ; return how many bytes are held."""
        length = int(environ.get("CONTENT_LENGTH", 0))
        if "HTTP_TRANSFER_ENCODING" in environ:
            # Its length may be said twice, and a proxy may have believed the other one.
            return self._refuse(environ, 411)
        if length > THROWN_AWAY:
            return self._refuse(environ, 413)
        body = bytearray()
        try:
            async with asyncio.timeout(LONGEST):
                code = await self._collect(proto, body, length)
        except TimeoutError:
            code = 408
        if code:
            self.held -= len(body)
            return self._refuse(environ, code)
        environ["wsgi.input"] = io.BytesIO(body)
        return len(body)

    async def _collect(self, proto: Any, body: bytearray, length: int) -> int:
        """Read a body; return the code of a refusal, or 0. What is too large is read and thrown away."""
        received, is_kept = 0, length <= self.most
        async for chunk in proto:
            received += len(chunk)
            if is_kept:
                body += chunk
                self.held += len(chunk)
            if self.held > MOST_HELD:
                return 503
        return 413 if not is_kept else 400 if received != length else 0

    def _refuse(self, environ: Environ, code: int) -> int:
        environ[REFUSAL], environ["CONTENT_LENGTH"] = code, "0"
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return 0

    def release(self, size: int) -> None:
        """Forget a body whose answer was given."""
        self.held -= size
