"""How a message leaves: by SMTP, or into a folder where no mail server is set."""

from __future__ import annotations

import contextlib
import os
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_S = 30


class PutOffError(Exception):
    """It did not leave; it may be tried again."""


class DownError(PutOffError):
    """The server was not reached or lets nobody in: no other message would leave now."""


class RefusedError(Exception):
    """It was refused for good."""


class UncertainError(Exception):
    """The line broke after the text was given: it may have arrived."""


class Transport(Protocol):
    """Sends one message, or says in which way it did not."""

    def send(self, message: EmailMessage) -> None:
        """Send.

        Raises:
            PutOffError: try again later.
            RefusedError: never.
            UncertainError: it may have arrived.
        """
        ...


class FolderTransport:
    """Writes messages as .eml files into a folder that only the portal's user can read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write one file, named by the message's id."""
        name = f"{str(message['Message-ID']).strip('<>').partition('@')[0]}.eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.as_bytes(policy=SMTP))
        except OSError as error:
            raise PutOffError(type(error).__name__) from error


class _Connection(smtplib.SMTP):
    """An SMTP connection that knows whether the whole text was given."""

    has_given_text = False

    def send(self, s: Any) -> None:
        """Send bytes; a dot on a line of its own ends the text."""
        super().send(s)
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n"):
            self.has_given_text = True


class _TlsConnection(smtplib.SMTP_SSL, _Connection):
    """The same over TLS from the first byte."""


class SmtpTransport:
    """Sends by SMTP, with TLS where the address says so or the server offers it."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        """Send one message over a connection of its own."""
        connection = self._connect()
        try:
            connection.sendmail(
                parseaddr(str(message["From"]))[1],
                [parseaddr(str(message["To"]))[1]],
                message.as_bytes(policy=SMTP),
            )
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise _refusal(code) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            if connection.has_given_text:
                raise UncertainError(type(error).__name__) from error
            raise PutOffError(type(error).__name__) from error
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()

    def _connect(self) -> _Connection:
        """Open a connection; what goes wrong so far is no message's fault, a login neither."""
        try:
            connection = self._opened()
        except (smtplib.SMTPException, OSError) as error:
            raise _down(error) from error
        try:
            self._log_in(connection)
        except (smtplib.SMTPException, OSError) as error:
            connection.close()
            raise _down(error) from error
        return connection

    def _opened(self) -> _Connection:
        host, port = self.parts.hostname or "", self.parts.port
        if self.parts.scheme == "smtps":
            context = ssl.create_default_context()
            port = port or smtplib.SMTP_SSL_PORT
            return _TlsConnection(host, port, timeout=TIMEOUT_S, context=context)
        return _Connection(host, port or smtplib.SMTP_PORT, timeout=TIMEOUT_S)

    def _log_in(self, connection: _Connection) -> None:
        if self.parts.scheme != "smtps":
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=ssl.create_default_context())
        if self.parts.username:
            connection.login(unquote(self.parts.username), unquote(self.parts.password or ""))


def _down(error: Exception) -> DownError:
    if isinstance(error, smtplib.SMTPResponseException):
        return DownError(str(error.smtp_code))
    return DownError(type(error).__name__)


def _refusal(code: int) -> Exception:
    """Return what a server's code means: below 500 for now, above for good."""
    return RefusedError(str(code)) if code >= 500 else PutOffError(str(code))
