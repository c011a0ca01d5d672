"""The mail server: one conversation for many letters, in SMTP, with TLS that is checked and every step bounded in time."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from cathedra.config import Mail
from cathedra.domain.notices import MailAnswer, Outgoing, Stage

_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,253}")
_NOT_AN_ADDRESS = "This is not an address that mail can be sent to."
_GIVEN_BACK = "Another worker took this letter over."


class Postman:
    """Opens conversations with the configured server, in the name of one site."""

    def __init__(self, mail: Mail, *, site_name: str) -> None:
        self._mail = mail
        self._site_name = site_name

    @contextmanager
    def open(self) -> Iterator["Line"]:
        """A line that connects with its first letter, and again after the server dropped it."""
        line = Line(self._mail, self._site_name)
        try:
            yield line
        finally:
            line.close()


class Line:
    """One conversation. Every answer of the server and every break is a MailAnswer, never an exception."""

    def __init__(self, mail: Mail, site_name: str) -> None:
        self._mail = mail
        self._site_name = site_name
        self._server: smtplib.SMTP | None = None

    def send(self, outgoing: Outgoing, *, hand_over: Callable[[], bool]) -> MailAnswer:
        """Offer one letter. `hand_over` is called once, when the server waits for it and before its last byte goes; when
        it says no, the letter is not given."""
        steps = _Steps()
        try:
            message = message_for(outgoing, sender=self._mail.sender, site_name=self._site_name)
            receiver = ascii_address(outgoing.address)
        except (ValueError, MessageError):
            return MailAnswer(Stage.RECIPIENT, 553, _NOT_AN_ADDRESS)
        try:
            return self._converse(steps, receiver, message.as_bytes(policy=SMTP), hand_over)
        except smtplib.SMTPResponseException as error:
            self.close()
            return MailAnswer(steps.reached, error.smtp_code, _words(error.smtp_error))
        except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an answer that is not SMTP at all
            self.close()
            return MailAnswer(steps.reached, 0, _trouble(error))

    def _converse(self, steps: "_Steps", receiver: str, content: bytes, hand_over: Callable[[], bool]) -> MailAnswer:
        server = self._connected()
        steps.reached = Stage.SENDER
        code, said = server.mail(self._mail.bounce_address or self._mail.sender)
        if code != 250:
            return self._refused(steps, code, said)
        steps.reached = Stage.RECIPIENT
        code, said = server.rcpt(receiver)
        if code not in (250, 251):
            return self._refused(steps, code, said)
        steps.reached = Stage.CONTENT
        code, said = server.docmd("DATA")
        if code != 354:
            return self._refused(steps, code, said)
        if not hand_over():
            self.close()  # in the middle of DATA only the end of the line takes it back
            return MailAnswer(Stage.CONTENT, 0, _GIVEN_BACK)
        server.send(_dotted(content))
        steps.reached = Stage.HANDED
        code, said = server.getreply()
        if code != 250:
            return self._refused(steps, code, said)
        return MailAnswer(Stage.TAKEN, code, _words(said))

    def _connected(self) -> smtplib.SMTP:
        """The open line, if it still answers, else a new one."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._server.rset()[0] == 250:
                    return self._server
            self.close()
        self._server = connect(self._mail)
        return self._server

    def _refused(self, steps: "_Steps", code: int, said: bytes) -> MailAnswer:
        if code == 421 or code < 0:  # the server ends the conversation
            self.close()
        return MailAnswer(steps.reached, max(code, 0), _words(said))

    def close(self) -> None:
        """Say goodbye, or hang up on who does not answer."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException, ValueError):
                server.close()


class _Steps:
    reached = Stage.CONNECT


def connect(mail: Mail) -> smtplib.SMTP:
    """A line on which mail may be sent: secured as configured, never less, and signed in. Raises OSError (as which
    certificates that are not to be trusted come too) or SMTPException."""
    context = _trust(mail)
    name = mail.sender.rpartition("@")[2] or "localhost"
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, local_hostname=name, timeout=mail.timeout_seconds, context=context
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, local_hostname=name, timeout=mail.timeout_seconds)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _trust(mail: Mail) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if mail.ca_file:
        context.load_verify_locations(mail.ca_file)
    return context


def message_for(outgoing: Outgoing, *, sender: str, site_name: str) -> EmailMessage:
    """The message as it goes over the line. Raises ValueError where a header would not be one line."""
    host = sender.rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_name(site_name), addr_spec=sender)
    message["To"] = Address(addr_spec=ascii_address(outgoing.address))
    message["Subject"] = outgoing.letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{outgoing.id}@{host}>"
    message["List-Id"] = f"<notices.{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if outgoing.choices_url:
        message["List-Unsubscribe"] = f"<{outgoing.choices_url}>"
    message.set_content(outgoing.letter.text)
    message.add_alternative(outgoing.letter.html, subtype="html")
    return message


def _name(site_name: str) -> str:
    return " ".join(site_name.split())


def ascii_address(address: str) -> str:
    """The address as every server understands it. Raises ValueError for what is none."""
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode()
    if not _ADDRESS.fullmatch(f"{local}@{domain}"):
        raise ValueError(_NOT_AN_ADDRESS)
    return f"{local}@{domain}"


def _dotted(content: bytes) -> bytes:
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _trouble(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) else ""
    return told or str(error) or type(error).__name__
