"""Settings from the environment; `docs/deploying.md` says what each is for."""

from pathlib import Path

from environs import Env, EnvError

env = Env()
# A relative path means the same wherever a command is run from: it begins here, where the code is.
HOUSE = Path(__file__).parent


def _secret(name: str, default: str = "") -> str:
    """Read NAME, or the file that NAME_FILE points at."""
    path = env.str(f"{name}_FILE", "")
    try:
        return (HOUSE / path).read_text().strip() if path else env.str(name, default)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise EnvError(f"{name}_FILE: {path} can't be read ({why.lower()})") from error


class Config:
    REFLEXE_ENV = env.str("REFLEXE_ENV", "production")
    HOST = env.str("HOST", "127.0.0.1")
    PORT = env.int("PORT", 8000)
    WEB_WORKERS = env.int("WEB_WORKERS", 2)
    DATA_DIR = HOUSE / env.str("DATA_DIR", "var")
    DATABASE_URL = _secret("DATABASE_URL")
    REDIS_URL = _secret("REDIS_URL")
    SECRET_KEY = _secret("SECRET_KEY")
    SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
    SITE_NAME = env.str("SITE_NAME", "Réflexe DS")
    SITE_ORGANISATION = env.str("SITE_ORGANISATION", "Concertation Horizon")
    SITE_URL = env.str("SITE_URL", "")
    PRIVACY_OFFICER_NAME = env.str("PRIVACY_OFFICER_NAME", "")
    PRIVACY_OFFICER_EMAIL = env.str("PRIVACY_OFFICER_EMAIL", "")
    MAIL_URL = _secret("MAIL_URL")
    MAIL_FROM = env.str("MAIL_FROM", "")
    BACKUP_DIR = env.str("BACKUP_DIR", "")
    BACKUP_ENCRYPT = env.str("BACKUP_ENCRYPT", "")
    BACKUP_SEND = env.str("BACKUP_SEND", "")
    KEPT_PAGES_MB = env.int("KEPT_PAGES_MB", 16)
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
    HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
    RATELIMIT_ENABLED = env.bool("RATELIMIT_ENABLED", True)
    TYPING_SECONDS = env.int("TYPING_SECONDS", 3)
    REQUIRE_TWO_FACTOR = env.bool("REQUIRE_TWO_FACTOR", False)
    DEMO = env.bool("DEMO", False)
    SEARCH_INDEXING = env.bool("SEARCH_INDEXING", True)
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
