"""run, worker: the platform at work."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import click
from flask import Flask, current_app

from app.cli import anew, logs, processes, seed, serving, supervisor
from app.cli.job_worker import JobWorker
from app.cli.terminal import explain_refusals, load, log, on_app, require_tables, say, taking_part, tell
from app.core import dialect, jobs, keys, maintenance, schema_guard, version
from app.operations import schema, site_keys
from app.operations.demo import people


@click.command("run")
@click.option("--alone", is_flag=True, help="Migrate, sow the reference and run the worker too, as in development.")
@click.pass_obj
def run(make: Callable[..., Flask], alone: bool) -> None:
    """Serve the site on HOST:PORT.

    In development it also migrates, sows the reference (and the demonstration when DEMO is on) and runs the
    worker; what is there already is reused. In production it serves only, unless it is alone, as in one container:
    migrate first, run the worker apart.
    """
    app, left = make(), anew.take_left()
    if left is None:
        refuse_a_busy_port(app.config["HOST"], app.config["PORT"])
    with app.app_context(), explain_refusals():
        is_production = app.config["REFLEXE_ENV"] == "production"
        is_alone = alone or not is_production
        if is_alone:
            _make_ready()
        began = app.extensions["began"] = maintenance.begin(app.config["DATA_DIR"])
        if not is_alone and began >= 0:
            with taking_part():
                require_tables()
        database = dialect.describe_database()
    serving.close_connections(app)
    with _run_worker(app) if is_alone else nullcontext() as job_worker:
        _announce(app, database) if is_production else _welcome(app)
        supervisor.watch(partial(supervisor.answers, app.config["HOST"], app.config["PORT"]))
        left = serving.serve(app, left)
    if job_worker and job_worker.end_reason:
        raise click.ClickException(f"{job_worker.end_reason} The site stops.")
    if left:
        anew.begin(left)


def refuse_a_busy_port(host: str, port: int) -> None:
    """Check that the address is free before anything else is done. Raise ClickException."""
    try:
        processes.listen(host, port).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(
            f"{host}:{port} can't be served ({reason.lower()}): stop what uses it, or choose another PORT."
        ) from error


def _make_ready() -> None:
    # Alembic is there, which a site that only serves does without.
    before, after = load("app.cli.upkeep:bring_up")()
    if before != after:
        tell(f"Database at revision {after}.")
    seed.sow_reference()
    if current_app.config["DEMO"]:
        seed.sow_demo()


@contextmanager
def _run_worker(app: Flask) -> Iterator[JobWorker]:
    """Run the worker as a child that ends with us, however we end; another one is started when it ends by accident."""
    command = [sys.executable, "-m", "app.command", "worker", "--until-stdin-closes"]
    find_end = partial(processes.find_end, app.config["SQLALCHEMY_DATABASE_URI"])
    worker = JobWorker(command, version.HOUSE, find_end=find_end)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop(serving.PATIENCE)


def _announce(app: Flask, database: str) -> None:
    """Say in one line what starts, for whoever reads the log of the supervisor."""
    config = app.config
    log(
        f"{config['SITE_NAME']} {version.describe()}: {config['SITE_URL']} on {config['HOST']}:{config['PORT']}, "
        f"{database}, {config['WEB_WORKERS']} workers."
    )
    closure = maintenance.read(config["DATA_DIR"])
    if closure:
        log(f"{maintenance.describe(closure, is_held=maintenance.is_held(config['DATA_DIR']))} Every page says so.")


def _welcome(app: Flask) -> None:
    say()
    say(f"  {app.config['SITE_NAME']} is at {app.config['SITE_URL']}")
    if app.config["DEMO"]:
        say()
        say("  Demonstration accounts")
        for role, email in people.ACCOUNTS:
            say(f"    {role:<36} {email}")
        say(f"    {'password of all four':<36} {people.PASSWORD}")
        with app.app_context():
            forum_id = load("app.operations.demo.events:find_forum")()
        if forum_id:
            say(f"    {'a forum to rehearse, as coordinator':<36} {app.config['SITE_URL']}/forums/{forum_id}")
    say()
    say("  Ctrl+C stops it.")
    say()


@click.command("worker")
@click.option("--until-stdin-closes", is_flag=True, hidden=True)
@on_app(needs_tables=False)
def worker(until_stdin_closes: bool) -> None:
    """Send mails and run scheduled jobs, until stopped (SIGINT and SIGTERM let the present job end)."""
    supervisor.watch(current_app.extensions["huey"].is_well)
    began = _wait_until_open()
    _make_worker_ready()
    if not until_stdin_closes:
        log(f"{current_app.config['SITE_NAME']} {version.describe()}: worker, {dialect.describe_database()}.")
    schema.disconnect()
    is_over, reasons = threading.Event(), list[str]()
    if until_stdin_closes:
        # Whoever started it begins anew, with another worker.
        threading.Thread(target=_stop_at_the_end_of_stdin, daemon=True).start()
    else:
        anew.watch(current_app.config["DATA_DIR"], began, partial(_stop_to_begin_anew, is_over))
    schema_guard.stop_with(partial(_stop_worker, reasons))
    _consume()
    if is_over.is_set():
        anew.begin()
    if reasons:
        sys.exit(1)


def _wait_until_open() -> int:
    """Return what `maintenance.begin` does; a worker that starts on a closed site waits, then begins anew."""
    data_dir = current_app.config["DATA_DIR"]
    began = current_app.extensions["began"] = maintenance.begin(data_dir)
    if began < 0:
        anew.wait(data_dir, "The worker", partial(jobs.run, "check"))
        anew.begin()
    return began


def _make_worker_ready() -> None:
    with taking_part():
        require_tables()
        jobs.prepare(current_app.extensions["huey"])
        site_keys.take_up(keys.get_keys(current_app.config))


def _consume() -> None:
    """Run jobs until a signal comes; the present ones end."""
    logs.quieten("huey")
    consumer = current_app.extensions["huey"].create_consumer(
        workers=2,
        worker_type="thread",
        initial_delay=0.1,
        max_delay=1,
        flush_locks=True,
        graceful_signal="TERM",
        shutdown_timeout=serving.PATIENCE,
    )
    consumer.run()


def _stop_worker(reasons: list[str], reason: str) -> None:
    """Let the present jobs end, as a supervisor would ask: what is left is for a worker of another version."""
    reasons.append(reason)
    log(f"{reason} The worker stops.")
    let_jobs_end()


def _stop_to_begin_anew(is_over: threading.Event) -> None:
    is_over.set()
    let_jobs_end()


def _stop_at_the_end_of_stdin() -> None:
    """Wait for the end of whoever started us, then let the present job end."""
    while os.read(0, 1):
        pass
    let_jobs_end()


def let_jobs_end() -> None:
    """Ask this worker to stop as a supervisor would, once it hears it: until its jobs run, it would die of it."""
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        time.sleep(anew.OFTEN)
    signal.raise_signal(signal.SIGTERM)
