"""Mails: written in the reader's language with links to SITE_URL, put in the outbox, and sent by the worker."""

import re
import secrets
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale
from flask_babel import lazy_gettext as _l

from app.core import clock, hosts, jobs, mail, smtp
from app.core.mail import Outgoing
from app.web.frame.locale import TAGS

SUBJECTS = {
    "welcome": _l("Confirmez votre adresse"),
    "already_registered": _l("Vous avez déjà un compte"),
    "confirmation": _l("Confirmez votre adresse"),
    "unfinished": _l("Votre inscription attend sa confirmation"),
    "reset": _l("Choisissez un nouveau mot de passe"),
    "password_changed": _l("Votre mot de passe a changé"),
    "new_address": _l("Confirmez votre nouvelle adresse"),
    "address_changed": _l("L'adresse de votre compte a changé"),
    "second_factor": _l("La vérification en deux étapes de votre compte a changé"),
    "invitation": _l("Une invitation à une communauté privée"),
    "notice": _l("Un avis pour vous"),
    "summary": _l("Ce qui a bougé"),
    "event": _l("Une rencontre"),
    "places": _l("Confirmez votre place"),
    "alarm": _l("Ce qui demande votre attention sur le site"),
    "test": _l("Un courriel d'essai"),
}


@dataclass(frozen=True)
class MailText:
    subject: str
    text: str
    html: str


def render(template: str, locale: str, **values: Any) -> MailText:
    """Write the mail of `templates/mail/<template>` in a language (fr or en)."""
    with force_locale(TAGS[locale if locale in TAGS else "fr"]):
        context = {
            "subject": str(SUBJECTS[template]),
            "lang_tag": str(get_locale()).replace("_", "-"),
            "site_name": current_app.config["SITE_NAME"],
            "site_url": current_app.config["SITE_URL"],
            "organisation": current_app.config["SITE_ORGANISATION"],
        } | values
        text = render_template(f"mail/{template}.txt", **context)
        html = render_template(f"mail/{template}.html", **context)
        return MailText(f"{context['subject']} – {context['site_name']}", text.strip() + "\n", html)


def send(
    template: str,
    *,
    recipient: str,
    locale: str,
    user_id: int | None,
    headers: dict[str, str] | None = None,
    origin: dict[str, Any] | None = None,
    key: str = "",
    calendar: str = "",
    about: str = "",
    **values: Any,
) -> None:
    """Put a mail in the outbox, in the present transaction, and have the worker look at it.

    `headers` go with it as they are; `origin` is what it can be written from again. `user_id` is the account that it is
    about, with which it is erased; None for an address that may have none. Of two with one `key`, the first is written.
    `calendar` is a meeting as calendars read it; `about` names what the mail goes with when that is erased.
    """
    content = render(template, locale, **values)
    mail.queue(
        f"{template}:{key or secrets.token_hex(16)}",
        message_id=mail.new_message_id(current_app.config),
        recipient=recipient,
        subject=content.subject,
        text=content.text,
        html=content.html,
        headers=headers,
        origin=origin,
        user_id=user_id,
        calendar=calendar,
        about=about,
    )
    jobs.enqueue("mail")


def post(template: str, *, recipient: str, locale: str, **values: Any) -> None:
    """Send a mail now, past the outbox, which takes none while the site is closed. Raise DeliveryError."""
    content = render(template, locale, **values)
    row = Outgoing(
        id=0,
        message_id=mail.new_message_id(current_app.config),
        recipient=recipient,
        subject=mail.write_subject(content.subject),
        text=content.text,
        html=content.html,
        headers={},
        created_at=clock.now(),
    )
    _transport(row)


def endpoint_url(endpoint: str, **values: Any) -> str:
    """Return an absolute address, which comes from SITE_URL whatever the request's Host says."""
    return current_app.config["SITE_URL"] + url_for(endpoint, _external=False, **values)


def list_headers(*, stop: str = "", thread_id: int | None = None) -> dict[str, str]:
    """Return the headers of a mail that comes because of what a person chose.

    They name the list (RFC 2919), how it is stopped in one press (RFC 8058, `stop` is an absolute address), and the
    thread, so that mail programs gather what is about one content.
    """
    site = current_app.config["SITE_URL"]
    host = hosts.in_ascii(mail.get_host(current_app.config))
    name = " ".join(re.sub(r"[^\w-]+", " ", current_app.config["SITE_NAME"]).split())
    headers = {"List-Id": f"{name} <notices.{host}>"}
    if stop:
        headers["List-Unsubscribe"] = (
            f"<{site.replace(mail.get_host(current_app.config), host)}{stop.removeprefix(site)}>"
        )
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if thread_id:
        headers["In-Reply-To"] = headers["References"] = f"<thread-{thread_id}@{host}>"
    return headers


def can_leave() -> bool:
    """Tell whether mails can leave: where nobody named a server, they wait, but for whoever develops."""
    return bool(current_app.config["MAIL_URL"]) or current_app.config["REFLEXE_ENV"] == "development"


def deliver() -> int:
    """Send what waits in the outbox, and return how many mails left; the worker runs it."""
    if not can_leave():
        current_app.logger.warning("MAIL_URL is not set: mails wait in the outbox")
        return 0
    return mail.deliver(_transport)


def _transport(row: Outgoing) -> None:
    config = current_app.config
    message = mail.build_message(row, sender=mail.get_sender(config))
    if config["REFLEXE_ENV"] == "development":
        _save(row, message)
    if config["MAIL_URL"]:
        smtp.post(smtp.server_at(config["MAIL_URL"]), message, name=mail.get_host(config))


def _save(row: Outgoing, message: EmailMessage) -> None:
    """Write the mail to a file and say its link in the log, for whoever develops."""
    folder: Path = current_app.config["DATA_DIR"] / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{row.id:06}.eml").write_bytes(bytes(message))
    links = re.findall(r"https?://\S+", row.text)
    current_app.logger.info("mail %s: %s %s", row.id, row.subject, links[0] if links else "")
