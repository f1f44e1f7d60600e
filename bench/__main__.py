"""CPU per request of the pages people read, against a bare Flask page in the same process: `make bench`."""
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from flask import Flask
from sqlalchemy import event, select

from app import create_app
from app.core.db import db
from app.ideas.models import Idea
from app.operations import migrate, reference
from app.operations.bench import bulk as rows

REPEATS, BATCHES = 40, 5
IDEAS, COMMENTS, VOTES = (int(os.environ.get(name, n)) for name, n in (
    ("BENCH_IDEAS", 1000), ("BENCH_COMMENTS", 10_000), ("BENCH_VOTES", 20_000)))


def cpu(call: Callable[[], object]) -> float:
    """Return the CPU milliseconds of one call: the best of several batches, since other work only adds."""
    call()
    best = float("inf")
    for _batch in range(BATCHES):
        start = process_time()
        for _n in range(REPEATS):
            call()
        best = min(best, (process_time() - start) / REPEATS)
    return best * 1000


def bare() -> Callable[[], object]:
    app = Flask("bare")
    app.add_url_rule("/", "hello", lambda: "hello")
    client = app.test_client()
    return lambda: client.get("/").get_data()


def paths() -> dict[str, str]:
    most = db.session.execute(select(Idea.id, Idea.slug).order_by(Idea.comments_count.desc()).limit(1)).one()
    quiet = db.session.execute(select(Idea.id, Idea.slug).order_by(Idea.comments_count).limit(1)).one()
    return {
        "home": "/", "list": "/ideas", "list, filtered": "/ideas?kind=need&status=published&sort=supported",
        "list, by words": "/ideas?q=autobus", "idea, most comments": f"/ideas/{most.id}-{most.slug}",
        "idea, fewest comments": f"/ideas/{quiet.id}-{quiet.slug}", "community": "/communities/transport-collectif"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(REFLEXE_ENV="development", DATA_DIR=Path(folder), RATELIMIT_ENABLED=False,
                         SITE_URL="http://localhost")
        with app.app_context():
            migrate.upgrade()
            reference.seed()
            rows.seed(ideas=IDEAS, comments=COMMENTS, votes=VOTES)
            pages = paths()
            statements: list[str] = []
            event.listen(db.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
        report(app, pages, statements)


def report(app: Flask, pages: dict[str, str], statements: list[str]) -> None:
    client, hello = app.test_client(), cpu(bare())
    engine = app.config["SQLALCHEMY_DATABASE_URI"].get_backend_name()
    print(f"{IDEAS} ideas, {COMMENTS} comments, {VOTES} supports on {engine}")
    print(f"{'page':24}{'CPU ms':>8}{'x bare':>8}{'queries':>9}{'kB':>7}")
    print(f"{'a bare Flask page':24}{hello:8.2f}{1:8.1f}{0:9}{0:7.1f}")
    for name, path in pages.items():
        client.get(path)
        statements.clear()
        answer = client.get(path)
        queries = len([statement for statement in statements if not statement.startswith("BEGIN")])
        milliseconds = cpu(partial(client.get, path))
        print(f"{name:24}{milliseconds:8.2f}{milliseconds / hello:8.1f}{queries:9}{len(answer.get_data()) / 1024:7.1f}")


if __name__ == "__main__":
    main()
