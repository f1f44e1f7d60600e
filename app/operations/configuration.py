"""Settle the settings: refuse what can't work, in one line that says what to set, then fill what follows from them."""

import os
import re
import secrets
import shlex
import unicodedata
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import EnvError

from app.core import database_address, hosts, jobs, mail

Settings = MutableMapping[str, Any]
WEAK = 32
NONE = "none"
ENCRYPTED = re.compile(r"(age|gpg):\S+")
# What this process writes is its owner's alone, whatever the umask it was started with.
OWNER_ALONE = 0o077
CHOICES = {
    "REFLEXE_ENV": ("production", "development"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
BOUNDS = {
    "PORT": (1, 65535),
    "WEB_WORKERS": (1, 64),
    "KEPT_PAGES_MB": (0, 1024),
    "TRUSTED_PROXIES": (0, 10),
    "TYPING_SECONDS": (0, 3600),
}
# Control signs, ends of lines, and what is left of bytes that are not UTF-8.
NOT_TEXT = ("Cc", "Cs", "Zl", "Zp")
ENCODED = "in a password, write @ as %40, / as %2F, # as %23, : as %3A"
ADDRESSES = {
    "SITE_URL": (("http", "https"), "https://reflexe.example.org"),
    "REDIS_URL": (("redis", "rediss"), f"redis://:password@host:6379/0 ({ENCODED})"),
}
DATABASES = f"sqlite:////folder/file.db or postgresql://user:password@host/name ({ENCODED})"


class ConfigurationError(RuntimeError):
    """The platform refuses to start; the message says what to set."""


@contextmanager
def explain_settings() -> Iterator[None]:
    """Say in one line which setting can't be read at all."""
    try:
        yield
    except EnvError as error:
        raise ConfigurationError(str(error)) from error


def settle(config: Settings, house: Path) -> None:
    """Refuse settings that are broken or unsafe, make what they ask for, and fill what follows from them."""
    os.umask(OWNER_ALONE)
    _refuse_values(config)
    _refuse_addresses(config)
    _refuse_hosts(config)
    _refuse_redis(config)
    _refuse_mail(config)
    _refuse_places(config, house)
    _refuse_backups(config)
    _refuse_unsafe(config)
    _make_folder(config["DATA_DIR"])
    config["BACKUP_DIR"] = _find_backup_folder(config, house)
    config["SECRET_KEY"] = config["SECRET_KEY"] or _own_secret(config["DATA_DIR"] / "secret")
    config["SITE_URL"] = _site(config["SITE_URL"] or f"http://{_in_address(config['HOST'])}:{config['PORT']}")
    if config["DEMO"] and not config["PRIVACY_OFFICER_EMAIL"]:
        config.update(PRIVACY_OFFICER_NAME="Camille Roseau", PRIVACY_OFFICER_EMAIL="vie-privee@exemple.test")


def _refuse_values(config: Settings) -> None:
    for name, value in config.items():
        if isinstance(value, str | Path) and any(unicodedata.category(sign) in NOT_TEXT for sign in str(value)):
            raise ConfigurationError(f"{name}: it must be one line of text, in UTF-8")
    config["LOG_LEVEL"] = config["LOG_LEVEL"].upper()
    for name, choices in CHOICES.items():
        if config[name] not in choices:
            raise ConfigurationError(f"{name}: it must be one of {', '.join(choices)}")
    for name, (least, most) in BOUNDS.items():
        if not least <= config[name] <= most:
            raise ConfigurationError(f"{name}: it must be a number between {least} and {most}")


def _refuse_addresses(config: Settings) -> None:
    for name, (schemes, example) in ADDRESSES.items():
        if config[name] and not _is_address(config[name], schemes):
            raise ConfigurationError(f"{name}: it must look like {example}")
    site = urlsplit(config["SITE_URL"])
    if site.path.strip("/") or site.query or site.fragment or site.username is not None:
        raise ConfigurationError("SITE_URL: the site has a host of its own, so its address is a host and nothing more")


def _refuse_hosts(config: Settings) -> None:
    try:
        config["HOST"] = hosts.in_ascii(config["HOST"])
    except ValueError as error:
        raise ConfigurationError("HOST: it must be an address of this machine, or its name, as 127.0.0.1") from error
    if "_" in (urlsplit(config["SITE_URL"]).hostname or ""):
        raise ConfigurationError("SITE_URL: browsers and proxies refuse a host with _, take another name")


def _refuse_redis(config: Settings) -> None:
    if not config["REDIS_URL"]:
        return
    wrong = f"what follows ? is unknown, or has a wrong value; it may be {', '.join(jobs.REDIS_OPTIONS)}"
    try:
        jobs.verify(config["REDIS_URL"])
    except ValueError as error:
        raise ConfigurationError(f"REDIS_URL: {wrong}") from error


def _refuse_mail(config: Settings) -> None:
    fault = mail.find_fault(config)
    if fault:
        raise ConfigurationError(fault)


def _refuse_places(config: Settings, house: Path) -> None:
    if config["DATA_DIR"] == house:
        raise ConfigurationError("DATA_DIR: it must not be the checkout itself; give another folder, or leave it out")
    try:
        database_address.parse_database_url(config["DATABASE_URL"], data_dir=config["DATA_DIR"], house=house)
    except ValueError as error:
        raise ConfigurationError(f"DATABASE_URL: it must look like {DATABASES}") from error


def _refuse_backups(config: Settings) -> None:
    """Refuse what no backup could be encrypted or sent with."""
    how, send = config["BACKUP_ENCRYPT"], config["BACKUP_SEND"]
    if how and not ENCRYPTED.fullmatch(how):
        raise ConfigurationError("BACKUP_ENCRYPT: it must look like age:RECIPIENT or gpg:RECIPIENT")
    try:
        program, *arguments = shlex.split(send) if send else ("", "{file}")
    except ValueError:
        program, arguments = "", []
    if "{file}" in program or any(sign in program for sign in "\"'"):
        raise ConfigurationError(
            "BACKUP_SEND: its first word must be a program: write no quotes around the whole where no shell reads "
            "them, as in the file of `docker run --env-file`"
        )
    if not any("{file}" in argument for argument in arguments):
        raise ConfigurationError(
            "BACKUP_SEND: it must be a command that names {file}, as in rclone copyto {file} elsewhere:reflexe/{name}"
        )


def _find_backup_folder(config: Settings, house: Path) -> Path | None:
    """Return where the worker puts its backups; outside production it makes none, unless a folder is named."""
    if config["BACKUP_DIR"] == NONE:
        return None
    if config["BACKUP_DIR"]:
        return house / str(config["BACKUP_DIR"])
    return config["DATA_DIR"] / "backups" if config["REFLEXE_ENV"] == "production" else None


def _is_address(address: str, schemes: tuple[str, ...]) -> bool:
    """Tell whether this is an address of one of these kinds; it may hold a password, so nobody prints it."""
    try:
        url = urlsplit(address)
        hosts.in_ascii(url.hostname or "")
        return url.scheme in schemes and url.port != 0 and not any(map(str.isspace, address))
    except ValueError:
        return False


def _site(address: str) -> str:
    """Write the address of the site as browsers send it: in small letters, accents as xn--…."""
    url = urlsplit(address)
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{_in_address(hosts.in_ascii(url.hostname or ''))}{port}"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse_unsafe(config: Settings) -> None:
    """Refuse keys that anybody could guess, former ones too, and what has no place in production."""
    former = config["SECRET_KEY_FALLBACKS"] = [key.strip() for key in config["SECRET_KEY_FALLBACKS"]]
    if not all(former):
        raise ConfigurationError("SECRET_KEY_FALLBACKS: one of the keys between the commas is empty")
    if config["REFLEXE_ENV"] != "production":
        return
    if len(config["SECRET_KEY"]) < WEAK:
        raise ConfigurationError(
            "SECRET_KEY: set a random one of at least 32 characters (or SECRET_KEY_FILE); for the "
            "site of `make run`, set REFLEXE_ENV=development instead"
        )
    if any(len(key) < WEAK for key in former):
        raise ConfigurationError("SECRET_KEY_FALLBACKS: each former key must have at least 32 characters")
    if not config["SITE_URL"]:
        raise ConfigurationError("SITE_URL: set the public address of the site, https://…")
    if config["DEMO"]:
        raise ConfigurationError("DEMO: demonstration content and accounts never run in production")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = f"{folder} can't be made ({(error.strerror or str(error)).lower()})"
        raise ConfigurationError(f"DATA_DIR: {why}; give a folder that this user may write") from error


def _own_secret(file: Path) -> str:
    """Read the key made at the first start; a disk that was full then may have left an empty file."""
    if not file.exists() or not file.read_text():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


OTHERS = 0o077


def open_to_others(folder: Path, database: Path | None) -> list[Path]:
    """Return what others may read or change of the platform's files; nothing of a folder that is closed is reached."""
    elsewhere = [database] if database and database.exists() and not database.is_relative_to(folder) else []
    places = [path for path in elsewhere if _is_open(path.parent)]
    if _is_open(folder):
        places += folder.rglob("*")
    return sorted(path for path in places if _is_open(path))


def _is_open(path: Path) -> bool:
    try:
        return not path.is_symlink() and bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:  # Gone meanwhile, as the files of a transaction go.
        return False
