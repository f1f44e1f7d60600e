"""A real mail server on this machine, and an authority that signed for its name."""

import logging
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.support.clock import LONG_AGO
from tests.support.network import free_port

# It stands for another machine: what it warns of is no line of the site's, whose commands may write theirs to the terminal.
logging.getLogger("mail.log").setLevel(logging.ERROR)
NAME, USER, PASSWORD = "mail.example.org", "moi@example.org", "un mot: secret/@#"


class PostOffice:
    """What a mail server is told to be like; `messages` has the mails, `passwords` all that it was given, `visits` how many came.

    `answers` maps an address, or the words "sender", "data" and "quit", to what is said instead of 250.
    """

    def __init__(
        self,
        certificate: Path,
        *,
        tls: str = "offered",
        asks_password: bool = True,
        takes_accents: bool = True,
        answers: Mapping[str, str] | None = None,
    ):
        assert tls in ("none", "offered", "required", "wrapped")
        self.tls, self.asks_password, self.takes_accents = tls, asks_password, takes_accents
        self.answers = dict(answers or {})
        self.port = free_port()
        self.messages: list[bytes] = []
        self.passwords: list[tuple[bytes, bytes]] = []
        self.visits = 0
        self._lock, self.certificate = threading.Lock(), certificate

    def url(self, host: str = NAME, *, user: str = USER, password: str = PASSWORD) -> str:
        scheme = "smtps" if self.tls == "wrapped" else "smtp"
        who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
        return f"{scheme}://{who}{host}:{self.port}"

    @contextmanager
    def open(self) -> Iterator["PostOffice"]:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        options: dict[str, Any] = {"require_starttls": self.tls == "required", "enable_SMTPUTF8": self.takes_accents}
        if self.tls in ("offered", "required"):
            options["tls_context"] = context
        if self.asks_password:
            options |= {"authenticator": self._authenticate, "auth_require_tls": "tls_context" in options}
        server = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=context if self.tls == "wrapped" else None,
            **options,
        )
        server.start()
        try:
            yield self
        finally:
            server.stop()

    def _authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, credentials: Any
    ) -> AuthResult:
        self.passwords.append((credentials.login, credentials.password))
        return AuthResult(
            success=(credentials.login, credentials.password) == (USER.encode(), PASSWORD.encode()), handled=False
        )

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, name: str, replies: list[str]) -> list[str]:
        session.host_name = name
        self.visits += session.ssl is None
        return replies

    async def handle_MAIL(self, _server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.asks_password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return self.answers.get("sender", "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if "data" in self.answers:
            return self.answers["data"]
        with self._lock:
            self.messages.append(envelope.content)
        return "250 OK"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.answers.get("quit", "221 Bye")


def name_this_machine(patch: pytest.MonkeyPatch, *names: str) -> None:
    """Let these names lead to this machine, as a name server would; none ends in .invalid."""
    look_up = socket.getaddrinfo

    def look_up_names(host: Any, *args: Any, **options: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up("127.0.0.1" if host in names else host, *args, **options)

    patch.setattr(socket, "getaddrinfo", look_up_names)


def certify(folder: Path, name: str = NAME) -> tuple[Path, Path]:
    """Write the certificate of an authority, and the key and certificate of a server that it signed for."""
    authority, files = trustme.CA(), (folder / "authority.pem", folder / "server.pem")
    # Good whatever the clock of the run says.
    leaf = authority.issue_cert(name, not_before=LONG_AGO, not_after=LONG_AGO.replace(year=LONG_AGO.year + 80))
    authority.cert_pem.write_to_path(files[0])
    leaf.private_key_and_cert_chain_pem.write_to_path(files[1])
    return files
