"""What every command needs: the application, one clear line for a refusal or an outage, and a progress bar."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from importlib import import_module
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask, current_app
from flask_babel import force_locale

from app.accounts import limits
from app.core import interrupts, jobs, keys, log_lines, maintenance
from app.core.errors import DomainError
from app.core.interrupts import INTERRUPTED
from app.forms import times
from app.operations import erasures, outages, schema

Command = Callable[..., Any]
as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for a script.")


def load(place: str) -> Any:
    """Return what is at a place (`module:name`), imported when it is needed: one command has no use of the others'."""
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)


class Commands(click.Group):
    """Commands that are loaded when they are asked for, from their `places`.

    They explain an outage in one line: a full disk, a server that is away.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], **options: Any):
        super().__init__(*args, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(self.places[cmd_name]) if cmd_name in self.places else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("Stopped.")
            ctx.exit(INTERRUPTED)
        except Exception as error:
            text = outages.explain(error)
            if text is None:
                raise
            raise click.ClickException(text) from error


def on_app(*, needs_tables: bool = True, only_looks: bool = False) -> Callable[[Command], Command]:
    """Run the command inside the application; a refusal of the domain becomes one line and the exit code 1.

    One that needs the tables is a work, during which nobody closes the site, unless it `only_looks`.
    """

    def decorate(function: Command) -> Command:
        @click.pass_obj
        @wraps(function)
        def run(make: Callable[[], Flask], *args: Any, **options: Any) -> Any:
            app = make()
            with app.app_context(), limits.count_nothing(keys.get_keys(app.config)), explain_refusals():
                with taking_part() if needs_tables and not only_looks else nullcontext():
                    if needs_tables:
                        require_tables()
                    return function(*args, **options)

        return run

    return decorate


def require_tables() -> None:
    """Raise ClickException for a database that is not at the schema of this version."""
    difference, closure = schema.describe_difference(), describe_closure()
    if difference:
        # What ends the closure brings the schema there, too.
        raise click.ClickException(closure or f"The database is {difference}.")
    tell(closure) if closure else complete_erasures()


def describe_closure() -> str:
    """Say since when the site is closed and what to do; nothing while it is open."""
    closure = maintenance.read(current_app.config["DATA_DIR"])
    return maintenance.describe(closure, is_held=maintenance.is_held(current_app.config["DATA_DIR"])) if closure else ""


@contextmanager
def taking_part() -> Iterator[None]:
    """Have nobody close the site meanwhile. Raise ClickException while it is closed."""
    try:
        with maintenance.at_work(current_app.config["DATA_DIR"]):
            yield
    except maintenance.Closed as refusal:
        text = describe_closure() or maintenance.describe(refusal.closure, is_held=True)
        raise click.ClickException(text) from refusal


@contextmanager
def closing(why: str) -> Iterator[maintenance.Hold]:
    """Close the site meanwhile; after an accident it stays closed, which is said, unless the database is as it was."""
    data_dir, has_begun = current_app.config["DATA_DIR"], False
    with interrupts.outlasting_terminal(), maintenance.closed(data_dir, why=why) as hold:
        try:
            before = schema.find_state()
            has_begun = True
            yield hold
        except BaseException:
            try:
                is_as_it_was = not has_begun or schema.find_state() == before
                hold.give_up() if is_as_it_was else hold.release()
            finally:
                if maintenance.is_marked(data_dir):
                    tell(f"The site stays closed until `reflexe {why}` is run again and ends well.")
            raise


def complete_erasures() -> None:
    """Do what a restoration owes before anything else is done, if there was one."""
    if erasures.are_due(current_app.config["DATA_DIR"]):
        count = erasures.complete(current_app.config["DATA_DIR"], jobs.list_erasures())
        tell(f"Closed again the accounts closed since the copy was made ({count}), and forgot what served its time.")


@contextmanager
def explain_refusals() -> Iterator[None]:
    """Turn a refusal of the domain into one line in English. Raise ClickException."""
    try:
        yield
    except DomainError as refusal:
        with force_locale("en"):
            raise click.ClickException(times.explain(refusal)) from refusal


def say(text: str = "") -> None:
    click.echo(text)


def tell(text: str) -> None:
    """Write for the person only: what a script reads goes to stdout. A terminal that is gone is told nothing."""
    with suppress(OSError):
        click.echo(text, err=True)


def log(text: str) -> None:
    """Write a line for whoever reads the log of the supervisor."""
    tell(log_lines.format_lines(text, "INFO"))


def answer(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def bar(label: str, length: int) -> AbstractContextManager[Any]:
    """Show progress on stderr, so that stdout stays clean."""
    return click.progressbar(length=max(1, length), label=f"{label:<28}", file=sys.stderr, width=30)


def parse_address(text: str, *, of: str) -> str:
    """Return an address in its one form, as the sign-in form does; `of` names the option or the argument."""
    is_ours_to_test = current_app.config["REFLEXE_ENV"] == "development"
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=is_ours_to_test)
    except EmailNotValidError as error:
        raise click.BadParameter(str(error), param_hint=of) from error
    return found.normalized.lower()
