"""Frozen settings of one portal; the only reader of the environment."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK_IPV6 = "[::1]"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", LOOPBACK_IPV6)
LANGUAGES = ("en", "es", "pt")
_PASSWORD = re.compile(r"(://[^:@/]*:)[^/]*@")


def in_address(host: str) -> str:
    """Write a host as addresses do: a number of IP version 6 in brackets."""
    return f"[{host}]" if ":" in host else host


class SettingsError(Exception):
    """A setting cannot be used; the message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a visitor can call when no program fits."""

    name: str = "MassHire BizWorks"
    phone: str = "800-252-1591"
    url: str = "https://www.mass.gov/bizworks"
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that one installation may set; docs in README, "Configuration".

    `database_url` is any SQLAlchemy address; empty means SQLite in `instance`.
    `trusted_proxies` counts the reverse proxies whose X-Forwarded-* headers are believed.
    `smtp_url` is `smtp://` (with STARTTLS where offered) or `smtps://`, user and password in it;
    empty means that messages are written to `instance/mail/`.
    `time_zone` is the offices', for business days and due times.
    `base_url` is where visitors reach the portal, for links in mail that no visitor asked for.
    `check_links` lets the worker ask the websites of listings whether they answer.
    """

    instance: Path
    database_url: str = ""
    site_name: str = "Industrial Commons"
    state_code: str = "MA"
    state_name: str = "Massachusetts"
    time_zone: str = "America/New_York"
    trusted_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    trusted_proxies: int = 0
    max_body_bytes: int = 1_000_000
    contact: Contact = field(default_factory=Contact)
    secret_key: str = ""
    smtp_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    mail_from: str = "portal@localhost"
    base_url: str = ""
    check_links: bool = False
    testing: bool = False

    @property
    def public_url(self) -> str:
        """Where visitors reach the portal, without a slash at its end."""
        named = [host for host in self.trusted_hosts if host not in LOOPBACK_HOSTS]
        return self.base_url or (f"https://{named[0]}" if named else "http://localhost:8000")

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{self.instance / 'portal.sqlite3'}"

    @property
    def database_shown(self) -> str:
        """Where the catalogue lives, to be named in messages: a file, or an address."""
        if self.database_url:
            return _PASSWORD.sub(r"\1***@", self.database_url)
        return str(self.instance / "portal.sqlite3")

    @property
    def is_sqlite(self) -> bool:
        """Whether the catalogue lives in a SQLite file."""
        return self.database.startswith("sqlite")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings of this machine.

        Args:
            environ: names and values; the process's own environment when left out.

        Raises:
            SettingsError: a value is not of the kind its name asks for.
        """
        env = os.environ if environ is None else environ
        default = Contact()
        hosts = _names(env.get("PORTAL_TRUSTED_HOSTS", ""))
        base_url = _web_address(env.get("PORTAL_BASE_URL", ""))
        own_host = in_address(urlsplit(base_url).hostname or "")
        if own_host and own_host not in LOOPBACK_HOSTS + hosts:
            hosts += (own_host,)
        return cls(
            instance=Path(env.get("PORTAL_INSTANCE") or ROOT / "instance").resolve(),
            database_url=env.get("DATABASE_URL", ""),
            site_name=env.get("PORTAL_SITE_NAME") or "Industrial Commons",
            state_code=(env.get("PORTAL_STATE_CODE") or "MA").upper(),
            state_name=env.get("PORTAL_STATE_NAME") or "Massachusetts",
            time_zone=_time_zone(env.get("PORTAL_TIME_ZONE") or "America/New_York"),
            trusted_hosts=LOOPBACK_HOSTS + hosts,
            trusted_proxies=_count(env, "PORTAL_TRUSTED_PROXIES"),
            contact=Contact(
                name=env.get("PORTAL_CONTACT_NAME") or default.name,
                phone=env.get("PORTAL_CONTACT_PHONE", default.phone),
                url=env.get("PORTAL_CONTACT_URL", default.url),
                hours=env.get("PORTAL_CONTACT_HOURS", default.hours),
            ),
            secret_key=env.get("PORTAL_SECRET_KEY", ""),
            smtp_url=_smtp_url(env.get("PORTAL_SMTP_URL", "")),
            oidc_issuer=env.get("PORTAL_OIDC_ISSUER", "").rstrip("/"),
            oidc_client_id=env.get("PORTAL_OIDC_CLIENT_ID", ""),
            oidc_client_secret=env.get("PORTAL_OIDC_CLIENT_SECRET", ""),
            mail_from=env.get("PORTAL_MAIL_FROM") or "portal@localhost",
            base_url=base_url,
            # A portal on somebody's own machine asks nobody, unless told to.
            check_links=_is_yes(env, "PORTAL_CHECK_LINKS", otherwise=bool(hosts)),
        )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"PORTAL_TIME_ZONE is no time zone ({name}): write it like America/New_York."
        ) from None
    return name


def _smtp_url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise SettingsError(
            "PORTAL_SMTP_URL must be like smtp://user:password@mail.example.gov:587."
        )
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise SettingsError("PORTAL_BASE_URL must be like https://help.example.gov.")
    return text.rstrip("/")


def _is_yes(env: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    text = env.get(name, "").casefold()
    if text not in ("", "yes", "no"):
        raise SettingsError(f"{name} must be yes or no, not {text!r}.")
    return text == "yes" if text else otherwise


def _count(env: Mapping[str, str], name: str) -> int:
    text = env.get(name) or "0"
    if not text.isascii() or not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def secret_key(settings: Settings) -> str:
    """Return the key that signs cookies and links, made on the first start.

    It is kept in `instance/secret-key` with mode 0600, so that a restart ends nobody's session.

    Raises:
        SettingsError: the instance folder cannot be made, written to or read.
    """
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        return settings.secret_key or _kept_key(settings.instance / "secret-key")
    except OSError as error:
        raise SettingsError(
            f"The instance folder {settings.instance} cannot be used ({error.strerror}): let the "
            "user who runs the portal write to it, or name another with PORTAL_INSTANCE."
        ) from None


def _kept_key(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
