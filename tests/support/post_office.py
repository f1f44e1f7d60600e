"""A real mail server on this machine, and an authority that signed for its name."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.clock import LONG_AGO
from tests.support.network import free_port

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
    key, authority_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _sign(
        _certificate("An authority", authority_key.public_key(), "An authority", is_authority=True), authority_key
    )
    leaf = _sign(_certificate(name, key.public_key(), "An authority", issuer=authority_key.public_key()), authority_key)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files = folder / "authority.pem", folder / "server.pem"
    files[0].write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(secret + leaf.public_bytes(serialization.Encoding.PEM))
    return files


def _certificate(subject: str, key: Any, issuer_name: str, *, issuer: Any = None, is_authority: bool = False) -> Any:
    usage = dict.fromkeys(
        [
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    builder = x509.CertificateBuilder(
        issuer_name=_name(issuer_name),
        subject_name=_name(subject),
        public_key=key,
        serial_number=x509.random_serial_number(),
        not_valid_before=LONG_AGO,  # Whatever the run's clock says.
        not_valid_after=LONG_AGO.replace(year=LONG_AGO.year + 80),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    builder = builder.add_extension(
        x509.KeyUsage(**usage, digital_signature=not is_authority, key_cert_sign=is_authority), critical=True
    )
    if is_authority:
        return builder
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
    return builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _sign(builder: Any, key: Any) -> x509.Certificate:
    certificate: x509.Certificate = builder.sign(key, hashes.SHA256())
    return certificate
