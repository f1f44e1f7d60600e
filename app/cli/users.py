"""user: accounts opened by hand."""

import getpass
import sys
import unicodedata
import warnings

import click
from flask import current_app
from flask_security import hash_password

from app.accounts import passwords
from app.accounts.models.people import SITE_ROLES
from app.cli.terminal import answer, as_json, on_app, parse_address, say
from app.core.errors import Invalid
from app.core.text.plain import clean_line, has_visible
from app.operations import accounts

LONGEST = 120


@click.group("user")
def user() -> None:
    """Open and change accounts from the terminal."""


@user.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(accounts.ROLES), default="member", show_default=True)
@click.option("--community", metavar="SLUG", help="The community that a facilitator animates.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not from the keyboard.")
@as_json
@on_app()
def create(email: str, name: str, role: str, community: str | None, password_stdin: bool, as_json: bool) -> None:
    """Make a confirmed account."""
    email, name = parse_address(email, of="--email"), _name(name)
    password = _password(password_stdin, name, email)
    user_id = accounts.create(name=name, email=email, password=hash_password(password), role=role, community=community)
    answer({"id": user_id, "email": email, "role": role}) if as_json else say(f"{role} {email}: account {user_id}.")


@user.command("change")
@click.option("--email", required=True)
@click.option("--role", type=click.Choice(SITE_ROLES), help="The role on the whole site.")
@click.option("--drop-second-factor", is_flag=True, help="For somebody who lost it: sign-in asks the password alone.")
@click.option("--lift-freeze", is_flag=True, help="For an account that the site froze, when no team can look at it.")
@on_app()
def change(email: str, role: str | None, drop_second_factor: bool, lift_freeze: bool) -> None:
    """Change what an account may do, or help somebody who can't get in any more."""
    if not (role or drop_second_factor or lift_freeze):
        raise click.UsageError("say what to change: --role, --drop-second-factor or --lift-freeze.")
    accounts.change(
        parse_address(email, of="--email"), role=role, drops_second_factor=drop_second_factor, lifts_freeze=lift_freeze
    )
    say(f"{email}: changed.")


@user.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not from the keyboard.")
@on_app()
def password(email: str, password_stdin: bool) -> None:
    """Set the password of the account of EMAIL, close its sessions and write to its owner."""
    email = parse_address(email, of="EMAIL")
    words = _password(password_stdin, accounts.get_user(email).name, email)
    accounts.set_password(email, hash_password(words))
    say(f"{email}: the password is changed and the sessions are closed; a mail says so.")


def _name(text: str) -> str:
    name = clean_line(text)
    if not has_visible(name) or len(name) > LONGEST:
        raise click.BadParameter(f"a name has from 1 to {LONGEST} characters.", param_hint="--name")
    return name


def _password(from_stdin: bool, *about: str) -> str:
    password = unicodedata.normalize("NFC", _read_password(from_stdin))
    refusal = passwords.explain_refusal(password, *about, current_app.config["SITE_NAME"])
    if refusal:
        raise Invalid(refusal)
    return password


def _read_password(from_stdin: bool) -> str:
    try:
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else _ask_password()
        password.encode()
    except UnicodeError as error:
        raise click.ClickException("The password must be text in UTF-8.") from error
    return str(password)


def _ask_password() -> str:
    """Have the password typed, twice and unseen; what comes from a script is in sight, and says so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return str(click.prompt("Password", type=str, hide_input=True, confirmation_prompt=True, err=True))
    except getpass.GetPassWarning as error:
        raise click.UsageError(
            "there is no keyboard to type the password on: give it with --password-stdin."
        ) from error
