"""What calendars say of meetings beyond their time: their page, their place, a few words, in the reader's language."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.core import hosts, mail
from app.events.calendar import Links
from app.web.frame import event_words, links


def of_site() -> Links:
    """Return what each calendar of this site has; a mail may give another page, or say more (`dataclasses.replace`)."""
    config = current_app.config
    host = hosts.in_ascii(mail.get_host(config))
    sender = mail.get_sender(config).rpartition("<")[2].rstrip(">")
    return Links(host, config["SITE_NAME"], sender, get_page, event_words.tell_address, write_note)


def get_page(event: Any) -> str:
    """Return the absolute address of the page of a meeting."""
    return links.absolute_url(links.event_url(event))


def write_note(event: Any) -> str:
    """Write what is said of a meeting: that it is cancelled and why, what it is about, how one joins, its page."""
    off = _("Annulée : %(reason)s", reason=event.cancelled_reason) if event.status == "cancelled" else ""
    parts = [off, event.excerpt, str(event_words.MODES[event.mode]), get_page(event)]
    return "\n".join(filter(None, parts))
