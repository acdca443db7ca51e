"""Settings are refused at start, by name and without their values, where they cannot work."""

import pytest
from pydantic import ValidationError

from settings import Settings, complaints

KEY = "k" * 40
PRODUCTION = {
    "VERANDA_ENV": "production",
    "VERANDA_SECRET_KEY": KEY,
    "VERANDA_SMS_WEBHOOK": "https://sms.example/",
    "VERANDA_MAIL_WEBHOOK": "https://mail.example/",
    "VERANDA_PUBLIC_URL": "https://veranda.example",
    "MONGODB_URI": "mongodb://db.example/veranda",
    "REDIS_URL": "redis://cache.example",
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in PRODUCTION:
        monkeypatch.delenv(name, raising=False)


def read(monkeypatch, **variables) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_nothing_needs_to_be_set_to_try_it_out():
    settings = Settings()

    assert (settings.site_url, settings.uses_https) == ("http://127.0.0.1:8000", False)


def test_production_starts_with_everything_named(monkeypatch):
    settings = read(monkeypatch, **PRODUCTION)

    assert settings.uses_https
    assert KEY not in repr(settings)


@pytest.mark.parametrize("missing", [name for name in PRODUCTION if name != "VERANDA_ENV"])
def test_production_refuses_to_start_half_configured(monkeypatch, missing):
    with pytest.raises(ValidationError) as refused:
        read(monkeypatch, **{name: value for name, value in PRODUCTION.items() if name != missing})

    assert missing in complaints(refused.value)
    assert KEY not in complaints(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VERANDA_PORT", "x"),
        ("VERANDA_PORT", "70000"),
        ("VERANDA_ENV", "staging"),
        ("VERANDA_PUBLIC_URL", "veranda.example"),
        ("VERANDA_PUBLIC_URL", "https://veranda.example/path"),
        ("VERANDA_PUBLIC_URL", "https://user@veranda.example"),
        ("VERANDA_SECRET_KEY", "too-short-a-secret"),
    ],
)
def test_a_value_that_cannot_work_is_named(monkeypatch, name, value):
    with pytest.raises(ValidationError) as refused:
        read(monkeypatch, **{name: value})

    assert name in complaints(refused.value)
    assert "too-short-a-secret" not in complaints(refused.value)


@pytest.mark.parametrize(("host", "url"), [("::1", "http://[::1]:8000"), ("localhost", "http://localhost:8000")])
def test_the_address_to_type_follows_from_host_and_port(monkeypatch, host, url):
    assert read(monkeypatch, VERANDA_HOST=host).site_url == url
