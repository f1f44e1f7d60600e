"""The platform: create_app puts the rooms together, and nothing imports it."""

import gc

# What is loaded here stays: the collector would look at it again and again meanwhile, and find nothing.
gc.disable()

from app.core import interrupts

interrupts.watch()

import logging
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.logging import default_handler
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import scheduled, wiring
from app.accounts import limits, sessions
from app.communities import actor_rows
from app.core import (
    content_version,
    database_address,
    dialect,
    error_words,
    jobs,
    keys,
    log_lines,
    maintenance,
    schema_guard,
    signals,
    version,
)
from app.core.db import db
from app.ideas import facet_counting
from app.operations import configuration
from app.plan import ties
from app.search.index import index_sync
from app.web.accounts import security
from app.web.frame import (
    assets,
    cacheable,
    compression,
    desk_return,
    errors,
    event_rows,
    feeds,
    filters,
    flood_guard,
    form_limits,
    gate,
    hall,
    headers,
    idea_rows,
    locale,
    overlaps,
    page,
    redisplay,
    routes,
    search_kinds,
    silent_answers,
    structured,
    templates,
)
from app.web.frame.params import Identifier, PartIdentifier
from app.web.frame.wsgi import put_before
from app.web.nouns import BLUEPRINTS, WITHOUT_TOKEN
from app.web.page_cache import closing, gateway, middleware
from app.web.site import consent

gc.freeze()
gc.enable()
HOUSE = Path(__file__).parent.parent


def create_app(**overrides: Any) -> Flask:
    """Build the application; `overrides` stand over config.py (tests, bench)."""
    app = Flask(__name__, template_folder=str(HOUSE / "templates"), static_folder=None)
    with configuration.explain_settings():
        app.config.from_object("config.Config")
    app.config.update(overrides)
    # What runs is what stood in the house now: read by each process, or by the one that it parts from.
    version.describe()
    configuration.settle(app.config, HOUSE)
    _configure_libraries(app)
    _connect_database(app)
    _register_web(app)
    return app


def _configure_libraries(app: Flask) -> None:
    """Set the options of libraries that an operator does not choose."""
    config = app.config
    config["TRANSLATIONS"] = HOUSE / "translations"
    keys.get_keys(config).give_to_forms(config)
    is_secure = config["SITE_URL"].startswith("https://")
    # How old a cookie may be: the row of a session says when that one is over.
    config.update(
        PERMANENT_SESSION_LIFETIME=sessions.LONGEST,
        SESSION_COOKIE_NAME="__Host-session" if is_secure else "session",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=200,
    )


def _connect_database(app: Flask) -> None:
    data_dir = app.config["DATA_DIR"]
    url = database_address.parse_database_url(app.config["DATABASE_URL"], data_dir=data_dir, house=HOUSE)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = dialect.engine_options(url) | app.config.get("ENGINE_OPTIONS", {})
    db.init_app(app)
    with app.app_context():
        dialect.prepare(db.engine)
        schema_guard.watch(db.engine)
        error_words.watch(db.engine)
        content_version.watch(db.engine)
    signals.connect(wiring.REACTIONS)
    index_sync.register(wiring.SOURCES)
    # The counts of facets come last: their locks are those that everybody waits for.
    index_sync.watch()
    ties.watch()
    facet_counting.watch()
    actor_rows.ROWS_OF_STAFF[:] = wiring.ROWS_OF_STAFF
    actor_rows.ROWS_OF_ALL[:] = wiring.ROWS_OF_ALL
    app.extensions["huey"] = jobs.queue_at(
        data_dir, app.config["REDIS_URL"], dialect.server_address(url), keys.get_keys(app.config)
    )

    def run_in_context(job: jobs.Job) -> None:
        """Run a job, or what is run while the site is closed. Nothing is lost then: the rows say what is due."""
        with app.app_context(), limits.count_nothing(keys.get_keys(app.config)), suppress(schema_guard.OtherSchema):
            try:
                with ExitStack() as part:
                    part.enter_context(maintenance.at_work(data_dir, app.extensions.get("began")))
                    if job.only_looks:
                        part.close()
                    schema_guard.verify(url)
                    job.run()
            except maintenance.Closed:
                job.when_closed()

    jobs.connect(app.extensions["huey"], scheduled.JOBS, run_in_context)


def _register_logs(app: Flask) -> None:
    default_handler.setFormatter(log_lines.Lines())
    app.logger.setLevel(app.config["LOG_LEVEL"])
    logging.getLogger("werkzeug").setLevel("WARNING")


def _register_web(app: Flask) -> None:
    _register_logs(app)
    app.url_map.converters |= {"id": Identifier, "part": PartIdentifier}
    templates.init_app(app)
    gate.init_app(app, hosts=_hosts(app))
    locale.init_app(app)
    hall.init_app(app)
    flood_guard.init_app(app)
    csrf = CSRFProtect(app)
    for view in WITHOUT_TOKEN:
        csrf.exempt(view)
    security.init_app(app)
    consent.init_app(app)
    form_limits.init_app(app)
    silent_answers.init_app(app)
    redisplay.init_app(app)
    headers.init_app(app)
    desk_return.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    overlaps.init_app(app)
    idea_rows.init_app(app)
    event_rows.init_app(app)
    feeds.init_app(app)
    structured.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    routes.check(app)
    search_kinds.check(index_sync.SOURCES)
    compression.init_app(app)
    cacheable.init_app(app)
    page.init_app(app, assets.serve(app))
    middleware.init_app(app, hosts=_hosts(app))
    closing.init_app(app)
    gateway.init_app(app)
    locale.read_catalogues(app, app.extensions["security"].i18n_domain)
    _trust_proxies(app, app.config["TRUSTED_PROXIES"])


def _trust_proxies(app: Flask, hops: int) -> None:
    """Trust so many proxies to say where a request comes from."""
    if hops:
        put_before(app, ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0))


def _hosts(app: Flask) -> list[str]:
    host = urlsplit(app.config["SITE_URL"]).hostname or ""
    host = f"[{host}]" if ":" in host else host
    is_production = app.config["REFLEXE_ENV"] == "production"
    return [host] if is_production else [host, "localhost", "127.0.0.1", "[::1]"]
