"""Settings that are broken, or lead to what is not there: one line that names them, and no secret."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import HOUSE
from app.core import dialect, jobs
from tests.support import outages
from tests.support.terminal import SECRET, error_line, invoke

LONG = "a" * 64 + ".test"
PRODUCTION = {"REFLEXE_ENV": "production", "SECRET_KEY": "x" * 40, "SITE_URL": "https://example.org"}
# What is set, and the words that the line says of it. No line shows a secret.
BROKEN: list[tuple[dict[str, str], str]] = [
    ({"REFLEXE_ENV": "prod"}, "REFLEXE_ENV: it must be one of production, development"),
    ({"REFLEXE_ENV": ""}, "REFLEXE_ENV"),
    ({"PORT": "http"}, '"PORT" invalid: Not a valid integer'),
    ({"PORT": ""}, '"PORT" invalid'),
    ({"PORT": "70000"}, "PORT: it must be a number between 1 and 65535"),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS: it must be a number between 1 and 64"),
    ({"BACKUP_ENCRYPT": "age:"}, "BACKUP_ENCRYPT: it must look like age:RECIPIENT or gpg:RECIPIENT"),
    ({"BACKUP_ENCRYPT": "zip:me"}, "BACKUP_ENCRYPT"),
    ({"BACKUP_SEND": "rclone copy {name}"}, "BACKUP_SEND: it must be a command that names {file}"),
    ({"BACKUP_SEND": "rclone '{file}"}, "BACKUP_SEND"),
    ({"BACKUP_SEND": " "}, "BACKUP_SEND: it must be a command that names {file}"),
    ({"BACKUP_SEND": f'"curl -u me:{SECRET} {{file}}"'}, "BACKUP_SEND: its first word must be a program"),
    ({"BACKUP_SEND": '\\"rsync {file} host:\\"'}, "BACKUP_SEND: its first word must be a program"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ({"TYPING_SECONDS": "3,5"}, '"TYPING_SECONDS" invalid'),
    ({"RATELIMIT_ENABLED": "perhaps"}, '"RATELIMIT_ENABLED" invalid: Not a valid boolean'),
    ({"DEMO": "oui"}, '"DEMO" invalid'),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: it must be one of DEBUG"),
    ({"DATA_DIR": ""}, "DATA_DIR: it must not be the checkout itself"),
    ({"DATA_DIR": "/dev/null"}, "DATA_DIR: /dev/null can't be made (file exists)"),
    ({"DATA_DIR": "/dev/null/var"}, "DATA_DIR: /dev/null/var can't be made (not a directory)"),
    ({"SITE_URL": "example.org"}, "SITE_URL: it must look like https://"),
    ({"SITE_URL": "https://"}, "SITE_URL: it must look like https://"),
    ({"SITE_URL": "ftp://example.org"}, "SITE_URL"),
    ({"SITE_URL": "https://example.org:https"}, "SITE_URL"),
    ({"SITE_URL": "https://example.org/reflexe"}, "SITE_URL: the site has a host of its own"),
    ({"SITE_URL": "https://example.org?page=1"}, "SITE_URL: the site has a host of its own"),
    ({"SITE_URL": f"https://u:{SECRET}@example.org"}, "SITE_URL: the site has a host of its own"),
    ({"SITE_URL": "https://a..test"}, "SITE_URL: it must look like https://"),
    ({"SITE_URL": f"https://{LONG}"}, "SITE_URL: it must look like https://"),
    ({"SITE_URL": "https://my_site.test"}, "SITE_URL: browsers and proxies refuse a host with _"),
    ({"HOST": ""}, "HOST: it must be an address of this machine"),
    ({"HOST": "a..test"}, "HOST: it must be an address of this machine"),
    ({"SITE_NAME": "Le\nsite"}, "SITE_NAME: it must be one line of text, in UTF-8"),
    ({"SITE_ORGANISATION": "Le\udcff site"}, "SITE_ORGANISATION: it must be one line of text, in UTF-8"),
    ({"SECRET_KEY": f"{SECRET}\udcff"}, "SECRET_KEY: it must be one line of text, in UTF-8"),
    ({"SECRET_KEY_FALLBACKS": ","}, "SECRET_KEY_FALLBACKS: one of the keys between the commas is empty"),
    ({"SECRET_KEY_FALLBACKS": f"{SECRET}, "}, "SECRET_KEY_FALLBACKS: one of the keys between the commas is empty"),
    (PRODUCTION | {"SECRET_KEY_FALLBACKS": SECRET}, "SECRET_KEY_FALLBACKS: each former key must have at least 32"),
    ({"DATABASE_URL": "reflexe"}, "DATABASE_URL: it must look like sqlite:"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"mysql://u:{SECRET}@h/d"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql+psycopg2://u:{SECRET}@h/d"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@h:port/d"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/d"}, "start PostgreSQL, or correct DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@/d?host=/nowhere"}, "correct DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:99999/d"}, "correct DATABASE_URL"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@a..test/d"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@{LONG}/d"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@/d?host=h,a..test"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/d?colour=red"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/d?prepare_threshold=x"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": "sqlite://folder/reflexe.db"}, "DATABASE_URL: it must look like"),
    ({"DATABASE_URL": "sqlite:////dev/null/reflexe.db"}, "its folder must belong to the user who runs this"),
    ({"DATABASE_URL_FILE": "/nowhere"}, "DATABASE_URL_FILE: /nowhere can't be read (no such file or directory)"),
    ({"SECRET_KEY_FILE": "/"}, "SECRET_KEY_FILE: / can't be read (is a directory)"),
    ({"SECRET_KEY_FILE": sys.executable}, "SECRET_KEY_FILE"),
    ({"REDIS_URL": f"http://:{SECRET}@h"}, "REDIS_URL: it must look like redis://"),
    ({"REDIS_URL": f"redis://:{SECRET}@a..test"}, "REDIS_URL: it must look like redis://"),
    ({"REDIS_URL": "unix:///run/redis.sock"}, "REDIS_URL: it must look like redis://"),
    *(
        ({"REDIS_URL": f"{scheme}://:{SECRET}@127.0.0.1:1?{option}"}, "REDIS_URL: what follows ? is unknown")
        for scheme, option in (
            ("redis", "socket_timeout=abc"),
            ("redis", "socket_timeout=-1"),
            ("redis", "socket_timeout=nan"),
            ("redis", "db=x"),
            ("redis", "ssl_cert_reqs=x"),
            ("rediss", "ssl_cert_reqs=x"),
            ("redis", "encoding=x"),
            ("redis", "colour"),
        )
    ),
    ({"MAIL_URL": f"smtp://u:{SECRET}@a..test:25"}, "MAIL_URL: it must look like smtp://"),
    ({"MAIL_URL": f"smtp://u:{SECRET}@{LONG}"}, "MAIL_URL: it must look like smtp://"),
    ({"MAIL_URL": f"smtp://u:{SECRET}#1@h:25"}, "MAIL_URL: it must look like smtp://"),
    ({"MAIL_URL": f"smtp://u:{SECRET}@h:smtp"}, "MAIL_URL"),
    ({"MAIL_URL": f"mail.example.org:{SECRET}"}, "MAIL_URL"),
    (PRODUCTION | {"SECRET_KEY": "short"}, "set REFLEXE_ENV=development instead"),
    (PRODUCTION | {"SITE_URL": ""}, "SITE_URL: set the public address"),
    (PRODUCTION | {"DEMO": "1"}, "DEMO: demonstration content and accounts never run in production"),
]


@pytest.mark.parametrize(("environment", "words"), BROKEN, ids=lambda given: str(given)[:60])
def test_a_broken_setting_is_named_in_one_line(
    settings: Callable[..., None], environment: dict[str, str], words: str
) -> None:
    settings(**environment)
    assert words in error_line(invoke("recount"))
    found = invoke("check")
    assert found.exit_code == 1 and words in found.output and SECRET not in found.output


SOUND: list[tuple[dict[str, str], str]] = [
    ({"SITE_URL": "HTTP://Forêt.test:8080/"}, "development, http://xn--fort-ipa.test:8080"),
    # Not strasse.test, which is the name of somebody else.
    ({"SITE_URL": "http://straße.test"}, "development, http://xn--strae-oqa.test"),
    ({"HOST": "::1", "PORT": "8001"}, "development, http://[::1]:8001"),
    (
        {"REDIS_URL": "rediss://:p@127.0.0.1:1?ssl_cert_reqs=none&socket_timeout=2.5"},
        "queue           can't be reached (Error",
    ),
    ({"REDIS_URL": "redis://localhost:1/1?health_check_interval=30"}, "queue           can't be reached (Error"),
    ({"DATABASE_URL": "postgresql://u@127.0.0.1:1/d?sslmode=disable&application_name=reflexe"}, "start PostgreSQL"),
    ({"SITE_NAME": "Réflexe\u00a0DS", "SECRET_KEY_FALLBACKS": "un, deux"}, "development, http://127.0.0.1:8000"),
]


@pytest.mark.parametrize(("sound", "words"), SOUND, ids=lambda given: str(given)[:60])
def test_a_setting_that_may_work_is_taken(settings: Callable[..., None], sound: dict[str, str], words: str) -> None:
    settings(**sound)
    assert words in invoke("check").stdout


def test_a_relative_place_is_the_same_from_every_folder(
    settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A scheduler starts commands in a folder of its own."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    data, file = (os.path.relpath(tmp_path / name, HOUSE) for name in ("data", "other.db"))
    for values in ({"DATA_DIR": data}, {"DATA_DIR": data, "DATABASE_URL": f"sqlite:///{file}"}):
        settings(**values)
        monkeypatch.chdir(tmp_path / "here")
        assert invoke("migrate").exit_code == 0
        assert invoke("user", "create", "--email", "a@example.org", "--name", "A", "--password-stdin").exit_code == 0
        monkeypatch.chdir(tmp_path / "there")
        assert "accounts 1" in invoke("backup", "copy").stderr
        assert [path.name for path in Path.cwd().iterdir()] == ["copy"] and not list((tmp_path / "here").iterdir())
    assert (tmp_path / "data" / "reflexe.db").exists() and (tmp_path / "other.db").exists()


def test_a_first_start_on_a_full_disk_leaves_no_empty_key(tmp_path: Path, settings: Callable[..., None]) -> None:
    settings()
    with outages.no_room():
        assert "make room" in error_line(invoke("routes"))
    assert invoke("routes").exit_code == 0
    assert len((tmp_path / "data" / "secret").read_text()) > 40


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes a connection and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_server_that_is_silent_is_given_up_on(
    settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch, silent: int
) -> None:
    monkeypatch.setitem(dialect.PATIENCE, "connect_timeout", 2)
    monkeypatch.setattr(jobs, "REDIS_PATIENCE", "socket_connect_timeout=1&socket_timeout=1")
    settings(DATABASE_URL=f"postgresql://u@127.0.0.1:{silent}/d")
    assert "start PostgreSQL" in error_line(invoke("recount"))
    settings(REDIS_URL=f"redis://127.0.0.1:{silent}/0")
    found = invoke("check")
    assert found.exit_code == 1 and "wrong   queue           can't be reached (Timeout" in found.stdout
