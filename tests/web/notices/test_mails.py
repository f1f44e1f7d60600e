"""The mails of notices as a real server takes them: whose words, why, where to answer, how to stop, and one for each cause."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask_babel import force_locale

from app.accounts.models.people import User
from app.communities import suspensions
from app.core.db import db
from app.core.unit import unit
from app.notifications.models import Notice
from app.notifications.service import notices
from app.notifications.topics import KINDS, SECURITY, USUAL, get_topic
from app.web.frame import mail
from app.web.notices import preferences, reasons
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.post_office import PostOffice
from tests.support.world import HERE
from tests.web.notices.test_pages import OFFER, post

LONG = "Un titre très long, à l'accent près, qui dépasse tout ce qu'une ligne de courriel peut tenir " * 3


HEADERS = sorted(
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "References",
        "In-Reply-To",
        "MIME-Version",
        "Content-Type",
    ]
)


@pytest.fixture
def office(app: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """The mail server of the site."""
    found: PostOffice = request.getfixturevalue("post")(tls="required")
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    monkeypatch.setitem(app.config, "MAIL_URL", found.url())
    return found


def last_mail(office: PostOffice, clock: Any) -> EmailMessage:
    clock.forward(minutes=11)
    assert (write_mails(), mail.deliver()) == (1, 1)
    return email.message_from_bytes(office.messages[-1], policy=email.policy.default)


def parts(message: EmailMessage) -> list[str]:
    return [str(part.get_content()).replace("\r\n", "\n") for part in message.iter_parts()]


def path_of(header: Any) -> str:
    return urlsplit(str(header).strip("<>")).path


def test_a_notice_leaves_with_the_words_why_it_came_and_one_press_that_stops_it(
    make: Any, author: User, sign_in: Any, visitor: Any, office: PostOffice, clock: Any
) -> None:
    need, simon = make.idea(author, HERE, kind="need", title="Vingt-deux kilomètres"), sign_in(make.user("Simon Élie"))
    post(simon, need, intent="offer")
    message = last_mail(office, clock)
    assert message["Subject"] == "Simon Élie fait une offre sous votre besoin : « Vingt-deux kilomètres » – Réflexe DS"
    assert message["List-Id"] == "Réflexe DS <notices.localhost>" and message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        message["References"]
        == message["In-Reply-To"]
        == f"<thread-{need.thread_id}@localhost>"
        != message["Message-ID"]
    )
    for part in parts(message):
        assert (
            OFFER[:12] in part.replace("&#39;", "'")
            and "parce que c’est votre besoin" in part
            and "Répondre à Simon Élie" in part
        )
        assert "Ne plus recevoir ces courriels" in part and "/unsubscribe/" in part and "/notifications" in part
    stop = path_of(message["List-Unsubscribe"])
    assert (
        visitor.post_raw(
            stop, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        ).status_code
        == 200
    )
    post(simon, need, "Et autre chose.")
    clock.forward(minutes=11)
    assert write_mails() == 0


def test_the_mail_leads_to_the_form_of_a_reply_and_to_a_silent_thread(
    make: Any, author: User, sign_in: Any, visitor: Any, office: PostOffice, clock: Any, outbox: Any
) -> None:
    said = post(sign_in(make.user("Simon")), make.idea(author, HERE))
    first = last_mail(office, clock)
    links = outbox.links(first)
    reply = f"/comments/{said.id}/reply"
    assert reply in links
    assert (
        sign_in(author).submit(reply, "main form:has([name=body])", body="Merci, je vous appelle.").status_code == 303
    )
    silence = next(link for link in links if "/unsubscribe/" in link)
    assert silence != path_of(first["List-Unsubscribe"]) and "sous cette contribution" in visitor.get(silence).words


def test_mails_about_one_content_are_one_conversation(
    make: Any, author: User, sign_in: Any, office: PostOffice, clock: Any
) -> None:
    idea, other, simon = make.idea(author, HERE), make.idea(author, HERE), sign_in(make.user())
    found = []
    for subject in (idea, idea, other):
        post(simon, subject, f"Une phrase, la {len(found)}e.")
        found.append(last_mail(office, clock))
    assert len({message["Message-ID"] for message in found}) == 3
    assert found[0]["References"] == found[1]["References"] != found[2]["References"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "Bonjour\r\nBcc: pirate@example.org",
        "Bonjour\nX-Injected: oui\n\n<b>corps</b>",
        "Bonjour\r",
        "É" * 250,
        LONG,
        "=?utf-8?q?x=0D=0ABcc:_pirate@example.org?=",
        "Un\u2028Deux\x85Trois",
        '"<pirate@example.org>"',
    ],
)
def test_no_title_or_name_adds_a_header_or_is_lost(
    make: Any, sign_in: Any, office: PostOffice, clock: Any, text: str, language: str
) -> None:
    reader = make.user(locale=language)
    post(sign_in(make.user(text)), make.idea(reader, HERE, title=text))
    message = last_mail(office, clock)
    assert sorted(message.keys()) == HEADERS
    assert message["To"] == reader.email and [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert str(message["Subject"]).startswith(" ".join(text.replace("=?", "= ?").split())[:60])
    assert all(len(line) <= 998 and line.isascii() for line in office.messages[-1].split(b"\r\n\r\n")[0].split(b"\r\n"))


@pytest.mark.parametrize("kind", ["account.suspended", "role.coordinator"])
def test_what_protects_an_account_can_not_be_stopped_and_says_why_it_came(
    make: Any, office: PostOffice, clock: Any, kind: str
) -> None:
    reader = make.user(locale="en")
    with unit():
        notices.tell(reader.id, kind, "1", reason="Parce que.")
    message = last_mail(office, clock)
    assert message["List-Unsubscribe"] is None and message["References"] is None and message["List-Id"]
    assert "because it concerns your account" in parts(message)[0] and "/unsubscribe/" not in "".join(parts(message))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_notice_says_why_it_came(app: Any, language: str) -> None:
    assert {*USUAL, SECURITY} <= reasons.REASONS.keys() and preferences.WHAT.keys() == USUAL.keys()
    with app.test_request_context(), force_locale(language):
        found = {kind: reasons.get_reason(Notice(kind=kind, topic=get_topic(kind), facts={}), None) for kind in KINDS}
    start = "parce qu" if language == "fr" else "because "
    assert all(reason.startswith(start) and "%" not in reason for reason in found.values())
    assert {found["case.opened"]} == {found[kind] for kind in reasons.OF_DESK}


def test_the_addresses_in_the_headers_of_a_site_with_accents_are_those_of_the_network(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SITE_URL", "https://forêt.test:8443")
    monkeypatch.setitem(app.config, "SITE_NAME", 'La "forêt", <ici>')
    with app.test_request_context():
        headers = mail.list_headers(stop="https://forêt.test:8443/unsubscribe/x", thread_id=4)
    assert headers == {
        "List-Id": "La forêt ici <notices.xn--fort-ipa.test>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Unsubscribe": "<https://xn--fort-ipa.test:8443/unsubscribe/x>",
        "References": "<thread-4@xn--fort-ipa.test>",
        "In-Reply-To": "<thread-4@xn--fort-ipa.test>",
    }


def test_a_mail_that_can_not_be_written_keeps_none_of_the_others_back(
    make: Any, author: User, outbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (author, other := make.user()):
        notices.tell(person.id, "account.signed_out", "1")
    db.session.commit()
    send = mail.send

    def fail(template: str, *, recipient: str, **values: Any) -> None:
        if recipient == author.email:
            raise ValueError("no such words")
        send(template, recipient=recipient, **values)

    monkeypatch.setattr(mail, "send", fail)
    assert write_mails() == 1 and len(outbox.to(other.email)) == 1


def test_an_account_that_can_not_sign_in_is_mailed_what_protects_it_alone(
    make: Any, author: User, outbox: Any, clock: Any
) -> None:
    make.paces(author, follow="daily")
    idea = make.idea(author)
    notices.tell(author.id, "status", "1", idea_id=idea.id, status="retained", reason="")
    notices.tell(author.id, "follow.idea", "1", idea_id=make.idea().id)
    db.session.commit()
    suspensions.suspend(make.actor(role="admin"), author, reason="Le compte est en d'autres mains.", locks=True)
    clock.forward(days=2)
    write_mails(), write_summaries()
    [only] = outbox.to(author.email)
    assert "en d'autres mains" in only.text
    suspensions.lift(make.actor(role="admin"), author, reason="Le compte est de nouveau à vous.")
    write_mails(), write_summaries()
    assert len(outbox.to(author.email)) == 3, "the lifting, and the summary"
