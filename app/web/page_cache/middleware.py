"""The page cache: it answers for the application where it has the page that is asked for, and the content stayed.

The content version is read first, and a page is kept under what was read before it was rendered: an older number with
newer words costs a rendering, and the reverse can't be.
"""

import time
from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.http import is_resource_modified, remove_entity_headers

from app.core import content_version, dialect
from app.core.readers import NoAnswer, Reader
from app.web.frame import hall, network
from app.web.frame.cacheable import TICKET, Ticket
from app.web.frame.errors import REFUSAL
from app.web.frame.flood_guard import FLOODED, MOST
from app.web.frame.wsgi import App, Environ, Start, close, put_before, read_whole
from app.web.page_cache.flood_guard import Guard
from app.web.page_cache.request_key import Key, find_key
from app.web.page_cache.single_flight import SingleFlight
from app.web.page_cache.store import CachedPage, Headers, PageStore

# Where the gateway puts the content version that it read, and that it asks for what is cached alone.
VERSION, ALONE = "reflexe.version", "reflexe.alone"
# What is returned to it where nothing is.
NOT_CACHED: list[bytes] = []
# A page that takes more than this part of the memory is not kept.
LARGEST_PART = 16
HOSTS_KNOWN = 100


def init_app(app: Flask, *, hosts: list[str]) -> None:
    """Put the page cache before the application, unless it is given no memory."""
    megabytes = app.config["KEPT_PAGES_MB"]
    if megabytes:
        read = dialect.reader(app.config["SQLALCHEMY_DATABASE_URI"], content_version.SQL)
        guard = Guard(MOST if app.config["RATELIMIT_ENABLED"] else 0, partial(hall.most_pages, app))
        page_cache = PageCache(app.wsgi_app, hosts=hosts, read=read, pages=PageStore(megabytes * 2**20), guard=guard)
        app.extensions["page_cache"] = page_cache
        put_before(app, page_cache)


class PageCache:
    """A WSGI application before another one; `hosts` are ours, `read` returns the content version."""

    def __init__(self, app: App, *, hosts: list[str], read: Reader, pages: PageStore, guard: Guard):
        self.app, self.hosts, self.read, self.pages, self.guard = app, hosts, read, pages, guard
        self.flight = SingleFlight()
        self._known_hosts: set[str] = set()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if ALONE in environ:
            return self._give_alone(environ, start)
        key = None if REFUSAL in environ else find_key(environ)
        version = self._version(environ) if key and self._is_ours(key.host) else None
        if key is None or version is None:
            return self.app(environ, start)
        page = self.pages.find(key, version)
        if page is not None:
            return self._give(page, environ, start)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.app(environ, start)
        with self.flight.take(key, version, was_cached=key in self.pages) as is_first:
            page = None if is_first else self.pages.find(key, version)
            return self._give(page, environ, start) if page else self._ask(key, version, environ, start)

    def _version(self, environ: Environ) -> int | None:
        """Return the content version that the gateway read, or read it; a database that says nothing refuses."""
        if VERSION in environ:
            return int(environ[VERSION]) if environ[VERSION] is not None else None
        try:
            return self.read()
        except NoAnswer:
            environ[REFUSAL] = 503
            return None

    def _give_alone(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer with the cached page, if there is one and nobody floods it; nothing waits, nothing is rendered."""
        key, version = find_key(environ), environ[VERSION]
        page = self.pages.find(key, version) if key and version is not None and self._is_ours(key.host) else None
        if page is None or self._is_flooded(environ, page.endpoint, may_read=False):
            return NOT_CACHED
        return _answer(page, environ, start)

    def _give(self, page: CachedPage, environ: Environ, start: Start) -> Iterable[bytes]:
        if self._is_flooded(environ, page.endpoint):
            return self.app(environ | {FLOODED: True}, start)
        return _answer(page, environ, start)

    def _is_ours(self, host: str) -> bool:
        if host in self._known_hosts:
            return True
        is_ours = network.is_one_of(host, self.hosts)
        if is_ours and len(self._known_hosts) < HOSTS_KNOWN:
            self._known_hosts.add(host)
        return is_ours

    def _is_flooded(self, environ: Environ, endpoint: str, *, may_read: bool = True) -> bool:
        address = network.key_of_ip(environ.get("REMOTE_ADDR", ""))
        return self.guard.count(address, endpoint, may_read=may_read)

    def _ask(self, key: Key, version: int, environ: Environ, start: Start) -> Iterable[bytes]:
        """Have the application answer, and keep its answer if it says that others may be given it."""
        given, ticket = _Given(), Ticket()
        asked_for = environ | {TICKET: ticket}
        # Whoever has the page already is told so from the whole page, which is then there for others.
        asked_for.pop("HTTP_IF_NONE_MATCH", None)
        chunks = self.app(asked_for, given.start)
        if not (ticket.endpoint and given.may_be_cached(key.coding)):
            return _pass_on(given, chunks, environ, start)
        body, tag = read_whole(chunks), dict(given.headers)["ETag"]
        page = CachedPage(version, time.time(), ticket.endpoint, given.headers, body, tag)
        if page.size * LARGEST_PART <= self.pages.most:
            self.pages.keep(key, page)
        self._is_flooded(environ, page.endpoint)
        return _answer(page, environ, start)

    def close(self) -> None:
        """Forget what is kept and leave the database: it became another one, or the process ends."""
        self.pages.forget()
        self.read.close()


class _Given:
    """What the application answered, before anybody is told."""

    def __init__(self) -> None:
        self.status, self.headers = "", Headers()
        self.error: tuple[Any, ...] = ()

    def start(self, status: str, headers: Headers, *error: Any) -> None:
        self.status, self.headers, self.error = status, headers, error

    def may_be_cached(self, coding: str) -> bool:
        """Tell whether this is a whole page for everybody, in the coding that was asked for (a short one has none)."""
        found = dict(self.headers)
        return (
            self.status.startswith("200 ")
            and "ETag" in found
            and "Set-Cookie" not in found
            and found.get("Content-Encoding", coding) == coding
        )


def _pass_on(given: _Given, chunks: Iterable[bytes], environ: Environ, start: Start) -> Iterable[bytes]:
    """Answer with what is not kept; whoever has it already is told so, by the tag that the application gave it."""
    tag = dict(given.headers).get("ETag", "")
    if given.status.startswith("200 ") and tag and _has_it(environ, tag):
        close(chunks)
        return _tell_unchanged(given.headers, start)
    start(given.status, given.headers, *given.error)
    return chunks


def _answer(page: CachedPage, environ: Environ, start: Start) -> Iterable[bytes]:
    if _has_it(environ, page.etag):
        return _tell_unchanged(page.headers, start)
    start("200 OK", list(page.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _has_it(environ: Environ, tag: str) -> bool:
    return "HTTP_IF_NONE_MATCH" in environ and not is_resource_modified(environ, tag)


def _tell_unchanged(given: Headers, start: Start) -> Iterable[bytes]:
    headers = list(given)
    remove_entity_headers(headers)
    start("304 NOT MODIFIED", headers)
    return []
