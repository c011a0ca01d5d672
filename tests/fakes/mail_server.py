"""A real mail server on this machine (aiosmtpd) that takes letters, or answers as a test wants."""

import asyncio
import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """What it took, and what it answers: to a step (`MAIL`, `RCPT`, `DATA`) a line, or `drop` to hang up there."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    conversations: int = 0
    port: int = 0

    def _answer(self, step: str, server: SMTP) -> str | None:
        answer = self.answers.get(step)
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        return answer

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.conversations += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self._answer("MAIL", server) or "250 well"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self._answer(address, server) or self._answer("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 well"

    async def handle_DATA(self, server, session, envelope):
        self.secured.append(server.transport.get_extra_info("ssl_object") is not None)
        if (answer := self._answer("DATA", server)) is None or answer == "421 gone":
            self.taken.append(message_from_bytes(envelope.content, policy=default))
            self.receivers += envelope.rcpt_tos
        return answer or "250 taken"


@contextmanager
def mail_server(
    answers: Mapping[str, str] | None = None, *, security: str = "off", context: ssl.SSLContext | None = None, user=""
) -> Iterator[MailServer]:
    """Runs until the block ends. With `user`, that name with the password `secret` must sign in first."""
    handler = MailServer(dict(answers or {}))

    def authenticate(server, session, envelope, mechanism, given):
        return AuthResult(success=(given.login, given.password) == (user.encode(), b"secret"), handled=False)

    options = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
    if user:
        options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": security == "starttls"}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = asyncio.run_coroutine_threadsafe(
        loop.create_server(
            lambda: SMTP(handler, hostname="mail.example", loop=loop, enable_SMTPUTF8=True, **options),
            "127.0.0.1",
            0,
            ssl=context if security == "tls" else None,
        ),
        loop,
    ).result(timeout=60)
    try:
        handler.port = running.sockets[0].getsockname()[1]
        yield handler
    finally:
        asyncio.run_coroutine_threadsafe(_end(running), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=60)
        loop.close()


async def _end(running: asyncio.Server) -> None:
    running.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


def make_certificate(folder: Path, *, host: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's TLS with a certificate of its own making, and the file that makes a client trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    is_number = host.replace(".", "").isdigit()
    names = [x509.IPAddress(ipaddress.ip_address(host)) if is_number else x509.DNSName(host)]
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    trusted, whole = folder / f"{host}.pem", folder / f"{host}.key"
    trusted.write_bytes(certificate.public_bytes(pem))
    whole.write_bytes(private + certificate.public_bytes(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(whole)
    return context, trusted
