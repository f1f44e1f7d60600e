"""Mails: how they are written, kept, and handed to a server."""

import email
import email.policy
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.core import mail as outgoing_mail
from app.core.unit import unit
from app.web.frame import documents, mail
from app.web.frame.locale import TAGS
from tests.support.clock import LONG_AGO

VIEW = SimpleNamespace(
    title="Un jardin",
    sentence="Votre idée est masquée",
    quote="",
    reason="Hors sujet",
    acts=[],
    beside=None,
    call="",
    subject=None,
    reply_url="",
    intent="",
    lang="fr",
    notice=SimpleNamespace(at=LONG_AGO),
)
PLACE = {
    "event": SimpleNamespace(title="Un forum", lang="en"),
    "when": "hier",
    "lines": ["Vous avez déjà une place."],
    "button": "Voir ma place",
    "url": "http://localhost/events/1/me/x",
    "is_confirmation": False,
}
VALUES = {
    "places": [PLACE, PLACE | {"is_confirmation": True}],
    "has_place": True,
    "greeting": "Bonjour",
    "when": "hier",
    "waits": (),
    "sections": (),
    "more": 0,
    "head": "",
    "why": "Parce que.",
    "stop": "",
    "silence": "",
    "views": [VIEW],
    "community": "Le cercle",
    "url": "http://localhost/confirm/x",
    "sign_in": "http://localhost/login",
    "forgot": "http://localhost/forgot",
    "officer": "vie-privee@example.org",
    "is_on": True,
    "event": SimpleNamespace(title="Un forum", lang="en"),
    "heading": "Votre place est confirmée",
    "lines": ["Vous êtes deux."],
    "where": "Une salle",
    "directions": "La porte rouge",
    "room_url": "http://localhost/salle",
    "code": "ABC234",
    "button": "Voir ma place",
    "cancel_url": "http://localhost/events/1/me/x#cancel",
    "within": "",
    "title": "Un jardin",
    "reason": "Hors sujet",
    "wrong": [
        (SimpleNamespace(title="Le disque est plein", advice="Place !"), SimpleNamespace(subject="disk", text="10 MB"))
    ],
    "right": [],
    "panel": None,
    "inks": {},
    "quiet": None,
    "near": None,
}


@pytest.fixture
def waiting(app):
    with unit():
        outgoing_mail.queue(
            "k",
            message_id="<k@localhost>",
            recipient="a@example.org",
            subject="Bonjour – Réflexe DS",
            text="Voyez\nhttp://localhost/x\n",
            html="<p>é</p>",
        )


@pytest.mark.parametrize("template", sorted(mail.SUBJECTS))
@pytest.mark.parametrize("language", sorted(TAGS))
@pytest.mark.parametrize("url", ["http://localhost/confirm/x", ""])
def test_every_mail_is_written_in_both_languages(app, template, language, url):
    with app.test_request_context():
        letter = mail.render(
            template, language, **VALUES | {"url": url, "is_on": bool(url), "is_confirmation": bool(url)}
        )
    assert letter.subject.endswith(" – Réflexe DS") and "\n" not in letter.subject
    assert f'lang="{TAGS[language].replace("_", "-")}"' in letter.html
    assert "http://localhost" in letter.text and "<" not in letter.text


def test_a_mail_says_who_sends_it_and_that_it_is_automatic(app, waiting, post, monkeypatch):
    office = post()
    monkeypatch.setitem(app.config, "MAIL_URL", office.url())
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    assert mail.deliver() == 1 and mail.deliver() == 0
    message = email.message_from_bytes(office.messages[0], policy=email.policy.default)
    assert (message["To"], message["From"], message["Subject"]) == (
        "a@example.org",
        "reflexe@example.org",
        "Bonjour – Réflexe DS",
    )
    assert message["Auto-Submitted"] == "auto-generated" and message["Message-ID"] == "<k@localhost>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_in_development_mails_are_files_and_the_log_says_the_link(app, waiting, caplog):
    with caplog.at_level(logging.INFO), caplog.at_level(logging.INFO, app.logger.name):
        assert mail.deliver() == 1
    [file] = Path(app.config["DATA_DIR"], "mail").glob("*.eml")
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    file.unlink()
    assert message["Subject"] == "Bonjour – Réflexe DS"
    assert "http://localhost/x" in caplog.text


def test_without_a_server_mails_wait(app, waiting, caplog, monkeypatch):
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    assert mail.deliver() == 0 and "MAIL_URL" in caplog.text
    assert outgoing_mail.list_due_ids()


@pytest.mark.parametrize(("name", "more"), [("charter", {}), ("privacy", {"backups": "Une copie."})])
@pytest.mark.parametrize("language", ["fr", "en", "xx"])
def test_a_document_has_a_version_and_is_filled_in(app, name, more, language):
    version, html = documents.load_document(name, language, **more)
    assert version == documents.get_version(name) and "{" not in html
    assert "Réflexe DS" in html and "<h2>" in html


def test_an_unknown_document_is_not_there(app):
    with pytest.raises(documents.NotFound):
        documents.load_document("../secret", "fr")
