"""Speaking with real mail servers: TLS, passwords, and what each answer means."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest

from app.core import clock, mail, smtp
from tests.support.network import free_port
from tests.support.post_office import PASSWORD, USER, PostOffice

ANA = "ana@example.org"
KNOWN = [(USER.encode(), PASSWORD.encode())]


def build_message(to: str = ANA) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Le site <site@example.org>", to, "Bonjour"
    message.set_content("Voyez.")
    return message


def hand_over(url: str, to: str = ANA) -> bool:
    return smtp.post(smtp.server_at(url), build_message(to), name="reflexe.example.org")


def refusal(url: str, to: str = ANA) -> smtp.DeliveryError:
    """Return why a mail did not leave; it names neither the person nor the password."""
    with pytest.raises(smtp.DeliveryError) as error:
        hand_over(url, to)
    assert "ana" not in str(error.value) and PASSWORD not in str(error.value)
    return error.value


@pytest.mark.parametrize("tls", ["offered", "required", "wrapped"])
def test_a_password_travels_over_tls_wherever_the_server_has_it(post: Any, tls: str) -> None:
    office = post(tls=tls)
    assert hand_over(office.url())
    assert office.passwords == KNOWN and len(office.messages) == 1
    assert smtp.visit(smtp.server_at(office.url()), sender="site@example.org", name="reflexe.example.org")
    assert len(office.messages) == 1


def test_no_password_leaves_in_clear_but_to_this_machine(post: Any) -> None:
    office = post(tls="none")
    assert isinstance(refusal(office.url()), smtp.Unreachable)
    assert (office.passwords, office.messages) == ([], [])
    assert hand_over(office.url("localhost")) is False
    assert office.passwords == KNOWN and len(office.messages) == 1


def test_without_a_password_a_mail_leaves_in_clear_where_there_is_no_tls(post: Any) -> None:
    office = post(tls="none", asks_password=False)
    assert hand_over(office.url(user="")) is False
    assert len(office.messages) == 1


@pytest.mark.parametrize("tls", ["offered", "wrapped"])
def test_a_server_that_can_t_prove_its_name_gets_no_password(
    post: Any, tls: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = post(tls=tls)
    assert "not valid for 'other.example.org'" in str(refusal(office.url("other.example.org")))
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate can't be trusted" in str(refusal(office.url()))
    assert (office.passwords, office.messages) == ([], [])
    assert hand_over(office.url("127.0.0.1")), "mail servers of this machine sign their certificate themselves"


@pytest.mark.parametrize(
    ("answers", "kind", "words"),
    [
        (
            {ANA: "550 5.1.1 <ana@example.org>: no such user"},
            smtp.NoSuchAddress,
            "refuses the address: 550 5.1.1 <…>: no such user",
        ),
        ({ANA: "450 4.2.0 come back"}, smtp.MailDeferred, "refuses the address: 450 4.2.0 come back"),
        ({"data": "554 5.7.1 not that"}, smtp.MailRefused, "refuses the mail: 554"),
        ({"data": "452 4.3.1 the disk is full"}, smtp.MailDeferred, "refuses the mail: 452"),
        ({"sender": "553 5.7.1 not yours"}, smtp.MailDeferred, "see MAIL_FROM and MAIL_URL: 553"),
        ({ANA: "421 4.3.2 closing"}, smtp.MailDeferred, "421"),
    ],
)
def test_what_the_server_answers_says_whether_to_come_back(post: Any, answers: Any, kind: type, words: str) -> None:
    office = post(answers=answers)
    found = refusal(office.url())
    assert type(found) is kind and words in str(found)
    assert office.messages == []


def test_an_address_with_accents_is_refused_by_a_server_that_takes_none(post: Any) -> None:
    assert hand_over(post().url(), to="zoé@example.org")
    assert isinstance(refusal(post(takes_accents=False).url(), to="zoé@example.org"), smtp.MailRefused)


def test_a_host_with_accents_takes_nothing_that_few_servers_take(post: Any) -> None:
    office = post(takes_accents=False)
    message = mail.build_message(
        mail.Outgoing(
            message_id="<1@forêt.test>",
            recipient="ana@forêt.test",
            subject="Été",
            text="é",
            html="",
            headers={},
            created_at=clock.now(),
        ),
        sender=mail.get_sender({"MAIL_FROM": "Élan « le site » <site@forêt.test>"}),
    )
    assert smtp.post(smtp.server_at(office.url()), message, name="reflexe.example.org")
    [content] = office.messages
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert (
        str(read["To"]) == "ana@xn--fort-ipa.test" and str(read["From"]) == "Élan « le site » <site@xn--fort-ipa.test>"
    )


def test_a_name_that_can_not_be_written_is_said_as_any_trouble(post: Any) -> None:
    server = smtp.server_at(post().url())
    for kind, address, sender, name in (
        (smtp.Unreachable, server, "site@example.org", "forêt.test"),
        (smtp.MailDeferred, server, "é@example.org", "reflexe.example.org"),
    ):
        with pytest.raises(kind, match="letters that mail servers do not take"):
            smtp.visit(address, sender=sender, name=name)
        if kind is smtp.Unreachable:
            with pytest.raises(kind, match="letters that mail servers do not take"):
                smtp.post(address, build_message(), name=name)


def test_a_mail_that_was_taken_is_taken_however_the_conversation_ends(post: Any) -> None:
    office = post(answers={"quit": "500 what?"})
    assert hand_over(office.url())
    assert len(office.messages) == 1


def test_a_visit_says_what_a_mail_would_meet_and_sends_none(post: Any) -> None:
    office = post(answers={"sender": "550 5.7.1 not yours"})
    with pytest.raises(smtp.MailDeferred, match="550"):
        smtp.visit(smtp.server_at(office.url()), sender="site@example.org", name="reflexe.example.org")


def test_what_keeps_every_mail_is_said_in_words(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    clear, tls_office = post(tls="none", asks_password=False), post(tls="wrapped")
    for url, words in (
        (post().url(password="un autre"), "refuses the user or the password: 535"),
        (clear.url("localhost"), "no way to sign in"),
        (clear.url(user="").replace("smtp:", "smtps:"), "wants smtp://"),
        (tls_office.url(user="").replace("smtps:", "smtp:"), "wants smtps://"),
        ("smtp://nobody.invalid", "its name is not known"),
        (f"smtp://127.0.0.1:{free_port()}", "connection refused"),
    ):
        found = refusal(url)
        assert type(found) is smtp.Unreachable and words in str(found), url


def test_a_server_that_leaves_in_the_middle_is_asked_again(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang_up(_office: PostOffice, server: Any, *_more: Any) -> str:
        server.transport.abort()
        return "250 OK"

    office: PostOffice = post()
    monkeypatch.setattr(PostOffice, "handle_RCPT", hang_up)
    assert type(refusal(office.url())) is smtp.MailDeferred
    monkeypatch.setattr(PostOffice, "handle_MAIL", hang_up)
    with pytest.raises(smtp.MailDeferred):
        smtp.visit(smtp.server_at(office.url()), sender="site@example.org", name="reflexe.example.org")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://u:p%40%2F%23%3A@mail.example.org:587", smtp.Server("mail.example.org", 587, False, "u", "p@/#:")),
        (
            "smtps://me@example.org:pass@mail.example.org",
            smtp.Server("mail.example.org", 465, True, "me@example.org", "pass"),
        ),
        ("smtp://localhost", smtp.Server("localhost", 25)),
        ("SMTP://[::1]:2525/", smtp.Server("::1", 2525)),
        ("smtp://Forêt.test", smtp.Server("xn--fort-ipa.test", 25)),
        ("smtp://my_mail_1", smtp.Server("my_mail_1", 25)),
    ],
)
def test_the_address_of_a_server_says_where_it_is_and_who_we_are(url: str, server: smtp.Server) -> None:
    assert smtp.server_at(url) == server
    assert not server.password or server.password not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:587",
        "http://mail.example.org",
        "smtp://",
        "smtp://u:p@",
        "smtp://u@mail.example.org",
        "smtp://u:p/q@mail.example.org",
        "smtp://u:p#q@mail.example.org",
        "smtp://u:1#q@mail.example.org",
        "smtp://u:p?q@mail.example.org",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999",
        "smtp://a b",
        "smtp://mail.example.org/x",
        "smtp://u:pé@mail.example.org",
        "smtp://[::1",
        "smtp+tls://mail.example.org",
        "smtp://mail..example.org",
        f"smtp://{'a' * 64}.example.org",
        f"smtp://{'a.' * 127}example.org",
    ],
)
def test_an_address_that_leads_nowhere_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL: ") as error:
        smtp.server_at(url)
    assert "example.org" not in str(error.value) and "\n" not in str(error.value)
