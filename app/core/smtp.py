"""Speak with the mail server of MAIL_URL: over TLS wherever it offers it, and never a password without."""

import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from app.core import error_words, hosts

TIMEOUT = 60
SHORT_TIMEOUT = 10
PORTS = {"smtp": 25, "smtps": 465}
SHAPE = (
    "MAIL_URL: it must look like smtp://user:password@host:587 or smtps://user:password@host:465"
    " (in a password, write @ as %40, / as %2F, # as %23, : as %3A)"
)
LONGEST_REPLY = 200


class DeliveryError(Exception):
    """A mail did not leave; the message says why to an operator, and names nobody."""


class MailRefused(DeliveryError):
    """The server will never take this mail."""


class NoSuchAddress(MailRefused):
    """The server says that the address does not exist (RFC 3463, 5.1.1)."""


class MailDeferred(DeliveryError):
    """The server does not take this mail now."""


class Unreachable(DeliveryError):
    """The server takes no mail now, whichever it is: it is away, or does not trust us, or may not be trusted."""


@dataclass(frozen=True)
class Server:
    """The server of MAIL_URL; `is_wrapped` where TLS comes before the first word (smtps)."""

    host: str
    port: int
    is_wrapped: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Tell whether it is this machine: then nobody stands between, and its certificate proves nothing."""
        with suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return self.host == "localhost"


def server_at(address: str) -> Server:
    """Read MAIL_URL; ValueError says in one line what it should be, without what it holds."""
    try:
        url = urlsplit(address)
        user, password = unquote(url.username or ""), unquote(url.password or "")
        port = PORTS[url.scheme] if url.port is None else url.port
        host = hosts.in_ascii(url.hostname or "")
    except (KeyError, ValueError):
        raise ValueError(SHAPE) from None
    if not port or _has_more(url) or bool(user) != bool(password):
        raise ValueError(SHAPE)
    if not (user + password).isascii():
        raise ValueError("MAIL_URL: mail servers take a user and a password of unaccented letters only")
    return Server(host, port, url.scheme == "smtps", user, password)


def _has_more(url: SplitResult) -> bool:
    """Tell whether something follows the port: most often a password with a sign that ends the address."""
    return bool(url.path.strip("/") or url.query or url.fragment or re.search(r"\s", url.netloc))


@contextmanager
def _translate_errors(kind: type[DeliveryError], server: Server) -> Iterator[None]:
    """Turn what the network or the server does into one of our errors."""
    try:
        yield
    except UnicodeError as error:
        raise kind(f"{server}: a name or an address holds letters that mail servers do not take") from error
    except OSError as error:
        raise kind(f"{server}: {_reason(error)}") from error


def post(server: Server, message: EmailMessage, *, name: str) -> bool:
    """Hand over a mail, under the name of this host; tell whether it went over TLS. Raise DeliveryError."""
    with _conversation(server, name, TIMEOUT) as talk, _translate_errors(MailDeferred, server):
        try:
            talk.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            [(code, text)] = error.recipients.values()
            raise _judge_address(code, text)(f"{server} refuses the address: {_reply(code, text)}") from error
        except smtplib.SMTPSenderRefused as error:
            raise _refuse_sender(server, error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPDataError as error:
            answer = _reply(error.smtp_code, error.smtp_error)
            raise _verdict(error.smtp_code)(f"{server} refuses the mail: {answer}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused(f"{server} takes no address with accents (SMTPUTF8)") from error
        return _is_private(talk)


def visit(server: Server, *, sender: str, name: str) -> bool:
    """Go as far as naming the sender, and send nothing; tell whether TLS protects it. Raise DeliveryError."""
    with _conversation(server, name, SHORT_TIMEOUT) as talk:
        with _translate_errors(MailDeferred, server):
            code, text = talk.mail(sender)
        if code != 250:
            raise _refuse_sender(server, code, text)
        return _is_private(talk)


@contextmanager
def _conversation(server: Server, name: str, timeout: int) -> Iterator[smtplib.SMTP]:
    """Open an SMTP session, signed in; an error while closing it is ignored, since the mails were taken."""
    with _translate_errors(Unreachable, server):
        talk = _connect(server, name, timeout)
    try:
        with _translate_errors(Unreachable, server):
            _protect(talk, server)
        yield talk
        with suppress(OSError):
            talk.quit()
    finally:
        talk.close()


def _connect(server: Server, name: str, timeout: int) -> smtplib.SMTP:
    if server.is_wrapped:
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=timeout, context=_tls(server))
    return smtplib.SMTP(server.host, server.port, name, timeout=timeout)


def _protect(talk: smtplib.SMTP, server: Server) -> None:
    """Turn to TLS if it is offered, then sign in. It is asked after EHLO: before, a server has said nothing yet."""
    talk.ehlo_or_helo_if_needed()
    if not server.is_wrapped and talk.has_extn("starttls"):
        talk.starttls(context=_tls(server))
    if not server.user:
        return
    if not _is_private(talk) and not server.is_local:
        raise Unreachable(f"{server}: it offers no TLS, and a password is never sent without")
    talk.login(server.user, server.password)


def _tls(server: Server) -> ssl.SSLContext:
    """Verify the certificate and its name, but on this machine, where mail servers sign theirs themselves."""
    context = ssl.create_default_context()
    if server.is_local:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _is_private(talk: smtplib.SMTP) -> bool:
    return isinstance(talk.sock, ssl.SSLSocket)


def _verdict(code: int) -> type[DeliveryError]:
    return MailRefused if code >= 500 else MailDeferred


def _judge_address(code: int, text: bytes) -> type[DeliveryError]:
    """Return the error of a refused recipient: NoSuchAddress (5.1.1) stops notices to it, MailRefused does not."""
    return NoSuchAddress if code >= 500 and re.match(rb"5\.1\.1\b", text) else _verdict(code)


def _refuse_sender(server: Server, code: int, text: bytes | str) -> MailDeferred:
    """Say that our own address is refused: whatever the code, an operator can put it right, so the mail waits."""
    return MailDeferred(f"{server} refuses the sender, see MAIL_FROM and MAIL_URL: {_reply(code, text)}")


def _reason(error: OSError) -> str:
    """Say what went wrong before a mail was judged, with what to look at."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses the user or the password: {_reply(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it does not go on: {_reply(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "it breaks off, or is silent; a port that begins with TLS wants smtps://"
    if isinstance(error, smtplib.SMTPException):
        return "it offers no way to sign in with a password"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate can't be trusted ({error.verify_message.rstrip('.')})"
    if isinstance(error, ssl.SSLError):
        return "TLS can't begin; a port that begins in clear wants smtp://, and TLS follows"
    if isinstance(error, socket.gaierror):
        return "its name is not known"
    return (error.strerror or str(error) or type(error).__name__).lower()


def _reply(code: int, text: bytes | str) -> str:
    """Write the answer of a server on a line, without the addresses that it repeats."""
    answer = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {error_words.mask_addresses(' '.join(answer.split()))}"[:LONGEST_REPLY]
