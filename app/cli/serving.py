"""The site served by several processes: what they have in common is made once, before they part."""

import ctypes
import gc
import multiprocessing
import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from app.cli.anew import Left
from app.cli.processes import Server, end_soon, end_with, find_end, listen
from app.cli.terminal import load as load_place
from app.core import connection_timeouts, log_lines, schema_guard, version
from app.operations import schema

THREADS = 4
PATIENCE = 15
APPLICATION = "app:create_app"
# In seconds: how long the head of a request may take, and a connection be of no use. And how many connections a process
# has at most: each may be one that somebody holds for nothing.
HEAD, CONNECTIONS = 20, 900
PAGES = ("/", "/ideas", "/journal")
# The first of each kind that those lead to is shown as well.
SUBJECTS = re.compile(r'href="(/(ideas/\d|communities/|tags/|members/\d)[^"?#]*)"')
# Of malloc.h: in how many places threads find memory, and from how many bytes on what is free is given back, at the end
# of such a place or as a piece of its own. With less, the buffers that compress a page are asked for anew each time.
MALLOC = ((-8, 2), (-1, 2**20), (-3, 2**20))


def serve(app: Flask, left: Left | None = None) -> Left | None:
    """Serve the site until stopped, or until it begins anew: what it leaves is returned then.

    `left` is what the program before left. On Linux the processes share this application, and the memory that it is in.
    """
    server = _make_server(app.config, left)
    parent, began = os.getpid(), app.extensions["began"]
    server.watch(app.config["DATA_DIR"], began)
    if sys.platform == "linux":
        _prepare_to_part(app)
        server.serve(target_loader=partial(load, app, parent))
    else:
        server.serve(target_loader=partial(load_alone, parent, began, version.describe()))
    return server.leave()


def _make_server(config: Mapping[str, Any], left: Left | None) -> Server:
    find = schema_guard.describe_other if sys.platform == "linux" else find_end
    return Server(
        APPLICATION,
        listener=socket.socket(fileno=left.listener) if left else listen(config["HOST"], config["PORT"]),
        former=left.processes if left else (),
        find_end=partial(find, config["SQLALCHEMY_DATABASE_URI"]),
        interface=Interfaces.RSGI,
        address=config["HOST"],
        port=config["PORT"],
        workers=config["WEB_WORKERS"],
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD * 1000),
        backpressure=CONNECTIONS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=log_lines.SETTINGS,
        workers_kill_timeout=PATIENCE,
    )


def _prepare_to_part(app: Flask) -> None:
    """Make what the processes have in common, so that they share the memory that it is in."""
    multiprocessing.set_start_method("fork", force=True)
    save_memory()
    show_some_pages(app)
    close_connections(app)
    gc.collect()
    gc.freeze()


def load(app: Flask, parent: int, _target: str) -> Any:
    """Return what this process answers with, which it does for as long as the one that started it."""
    end_with(parent)
    schema_guard.stop_with(end_soon)
    connection_timeouts.limit_waits()
    return app.extensions["gateway"](threads=THREADS)


def load_alone(parent: int, began: int, expected: str, target: str) -> Any:
    """Do the same in a process that shares nothing with the one that started it, and must be of its version."""
    if version.describe() != expected:
        sys.exit(1)
    app = load_place(APPLICATION)()
    app.extensions["began"] = began
    return load(app, parent, target)


def save_memory() -> None:
    """Have the C library give back what is freed, which it would rather keep for each thread (glibc; others do)."""
    library = ctypes.CDLL(None)
    with suppress(AttributeError):
        for option in MALLOC:
            library.mallopt(*option)


def show_some_pages(app: Flask) -> None:
    """Make what the first requests would make in each process: templates, statements, code that runs fast."""
    with _uncounted(app):
        texts = [_show(app, path) for path in PAGES]
        for path in {noun: path for path, noun in SUBJECTS.findall("".join(reversed(texts)))}.values():
            _show(app, path)


@contextmanager
def _uncounted(app: Flask) -> Iterator[None]:
    """Leave the flood guard alone: it would begin a thread, or reach a server that processes may not share."""
    limiter = app.extensions["flood_guard"]
    was, limiter.enabled = limiter.enabled, False
    try:
        yield
    finally:
        limiter.enabled = was


def _show(app: Flask, path: str) -> str:
    """Return the text of a page as the public reads it; what fails is in the log, and is said to who asks for it."""
    with app.app_context(), app.test_client(use_cookies=False) as client:
        return client.get(path, base_url=app.config["SITE_URL"]).text


def close_connections(app: Flask) -> None:
    """Close what processes may not share; those that we start open their own."""
    with app.app_context():
        schema.disconnect()
    app.extensions["huey"].storage.close()
    if "page_cache" in app.extensions:
        app.extensions["page_cache"].close()
