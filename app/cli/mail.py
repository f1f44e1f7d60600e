"""mail: test whether mails leave, and retry those that did not."""

import click
from flask import current_app
from flask_babel import force_locale, gettext

from app.cli.terminal import answer, as_json, on_app, parse_address, say
from app.core import clock, smtp
from app.core import mail as outgoing_mail
from app.operations import mails


@click.group("mail")
def mail() -> None:
    """See whether mails leave, and help those that did not."""


@mail.command("test")
@click.argument("recipient", metavar="ADDRESS")
@on_app(needs_tables=False)
def test(recipient: str) -> None:
    """Send a mail to ADDRESS now, past the outbox, and say what became of it; exit 1 when it did not leave."""
    recipient, config = parse_address(recipient, of="ADDRESS"), current_app.config
    if not config["MAIL_URL"]:
        raise click.ClickException("MAIL_URL is not set: no mail can leave.")
    server = smtp.server_at(config["MAIL_URL"])
    message = outgoing_mail.build_message(_compose(recipient), sender=outgoing_mail.get_sender(config))
    try:
        is_private = smtp.post(server, message, name=outgoing_mail.get_host(config))
    except smtp.DeliveryError as trouble:
        raise click.ClickException(f"{trouble}.") from trouble
    say(
        f"{server} took the mail{' over TLS' if is_private else ', in clear'}. If {recipient} does not get it, look in "
        f"the unwanted mail, then at what the server says of {message['Message-ID']}."
    )


def _compose(recipient: str) -> outgoing_mail.Outgoing:
    """Write the mail of the test, in both languages: an operator may send it to anybody."""
    name, texts = current_app.config["SITE_NAME"], []
    for lang in ("fr", "en"):
        with force_locale(lang):
            texts.append(
                gettext(
                    "Ce courriel d'essai vient de %(site)s. Si vous le lisez, c'est que les courriels du site se "
                    "rendent. Vous n'avez rien à faire.",
                    site=name,
                )
            )
    return outgoing_mail.Outgoing(
        message_id=outgoing_mail.new_message_id(current_app.config),
        recipient=recipient,
        subject=f"Essai · Test – {name}",
        text="\n\n".join(texts) + "\n",
        headers={},
        created_at=clock.now(),
    )


@mail.command("retry")
@as_json
@on_app()
def retry(as_json: bool) -> None:
    """Try again, for four days more, the mails that were refused or given up, and say how many."""
    refused_count, given_up_count = mails.retry()
    if as_json:
        answer({"refused": refused_count, "given_up": given_up_count})
    elif refused_count or given_up_count:
        total = refused_count + given_up_count
        say(
            f"{total} will be tried again: {refused_count} refused, {given_up_count} given up. "
            "The worker begins now; `reflexe check` says what comes of it."
        )
    else:
        say("No mail was refused or given up.")
