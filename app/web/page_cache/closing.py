"""What stands before everything else: while the site is closed, no request reaches what works with the database.

It is a WSGI application before the whole of ours, so that whatever serves it, tests too, meets the same law.
"""

from collections.abc import Iterable

from flask import Flask

from app.core import maintenance
from app.web.frame.errors import CLOSURE, REFUSAL
from app.web.frame.wsgi import App, Environ, Start, put_before, read_whole
from app.web.page_cache.middleware import ALONE
from app.web.page_cache.request_key import ALIVE


def init_app(app: Flask) -> None:
    put_before(app, Closing(app))


class Closing:
    """Has each request be a work, during which nobody closes the site; refuses it while the site is closed."""

    def __init__(self, app: Flask):
        self.app: App = app.wsgi_app
        self.data_dir, self.extensions = app.config["DATA_DIR"], app.extensions
        # An address of that folder without a file is answered by the application, which asks who reads.
        self.free = frozenset((ALIVE, *app.extensions["assets"].files))

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if ALONE in environ or CLOSURE in environ or environ["PATH_INFO"] in self.free:
            return self.app(environ, start)
        try:
            with maintenance.at_work(self.data_dir, self.extensions.get("began")):
                # What is still to be read for the answer is read now.
                return [read_whole(self.app(environ, start))]
        except maintenance.Closed as refusal:
            refuse(environ, refusal.closure)
        return self.app(environ, start)


def refuse(environ: Environ, closure: maintenance.Closure) -> None:
    """Have the application say that the site is closed, or why it refused the request already."""
    environ.setdefault(REFUSAL, 503)
    environ[CLOSURE] = closure
