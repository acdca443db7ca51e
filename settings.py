"""Every environment variable the service reads, typed and checked once at start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_SECRET_LENGTH = 32


class Settings(BaseSettings):
    """Where the service listens, which engines it uses, and what it needs to keep secrets.

    Raises ``pydantic.ValidationError`` naming each variable that is wrong or missing.
    """

    model_config = SettingsConfigDict(env_prefix="VERANDA_", frozen=True, env_ignore_empty=True, populate_by_name=True)

    env: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    #: Where /metrics is served, on loopback alone; None: nowhere.
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    data_dir: Path = Path("var")
    #: Scheme and host that count as this site; links to anything else are external.
    public_url: str = ""
    #: How many proxies stand in front, each adding to X-Forwarded-For; 0 where people connect directly.
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    secret_key: SecretStr | None = None
    sms_webhook: str | None = None
    mail_webhook: str | None = None
    mongodb_uri: str | None = Field(default=None, validation_alias="MONGODB_URI")
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.public_url and not _is_origin(self.public_url):
            raise ValueError("VERANDA_PUBLIC_URL must be http(s)://host or http(s)://host:port, and nothing more")
        if self.secret_key and len(self.secret_key.get_secret_value()) < MINIMUM_SECRET_LENGTH:
            raise ValueError(f"VERANDA_SECRET_KEY must have at least {MINIMUM_SECRET_LENGTH} characters")
        if self.env == "production" and (self.sms_webhook or "").startswith("http://"):
            raise ValueError("VERANDA_SMS_WEBHOOK must be https in production: it carries phone numbers and codes")
        if self.env == "production" and (self.mail_webhook or "").startswith("http://"):
            raise ValueError("VERANDA_MAIL_WEBHOOK must be https in production: it carries addresses and letters")
        if self.mongodb_uri and not self.secret_key:
            raise ValueError(
                "VERANDA_SECRET_KEY is required where MONGODB_URI names a server: its data are sealed with it"
            )
        if self.env == "production" and (missing := self._missing_for_production()):
            raise ValueError("production needs " + ", ".join(missing))
        return self

    def _missing_for_production(self) -> list[str]:
        needed = {
            "MONGODB_URI": self.mongodb_uri,
            "REDIS_URL": self.redis_url,
            "VERANDA_SECRET_KEY": self.secret_key,
            "VERANDA_SMS_WEBHOOK": self.sms_webhook,
            "VERANDA_MAIL_WEBHOOK": self.mail_webhook,
            "VERANDA_PUBLIC_URL (https)": self.public_url.startswith("https://"),
        }
        return [name for name, value in needed.items() if not value]

    @property
    def site_url(self) -> str:
        """The address members type, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def uses_https(self) -> bool:
        """Whether cookies may carry ``Secure`` and the ``__Host-`` prefix."""
        return self.site_url.startswith("https://")


def _is_origin(url: str) -> bool:
    parts = urlsplit(url)
    is_bare = url.rstrip("/") == f"{parts.scheme}://{parts.netloc}" and "@" not in url
    return parts.scheme in {"http", "https"} and is_bare


def complaints(error: ValidationError) -> str:
    """Which variables are wrong and how; never their values, which may be secret."""
    return "; ".join(map(_complaint, error.errors(include_url=False, include_input=False)))


def _complaint(error: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"])
    variable = name if name.isupper() else f"VERANDA_{name.upper()}"
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{variable}: {said}" if name else said
