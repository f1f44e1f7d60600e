"""What the worker does for whoever looks after the site."""

from dataclasses import replace

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.accounts import queries as accounts
from app.core import clock
from app.core.unit import command
from app.operations import alarms, check, daily_backups
from app.operations.alarms import Alarms, News
from app.web.frame import mail
from app.web.site.alarm_words import explain

OVER = _l("Ce qui ne demande plus votre attention sur le site")


def back_up() -> None:
    """Make the backup of the day once it is due, try it and send it as the settings say; forget old ones."""
    daily_backups.run(current_app.config)


def watch() -> None:
    """Examine the site once a day and its backups each time; write to administrators what is wrong, and right again.

    After some time without a worker nothing is told for an hour: what is late is being done. A disk that takes no note
    of what was told has it told once a day.
    """
    config, now, today = current_app.config, clock.now(), clock.today()
    before = alarms.read(config["DATA_DIR"])
    looked = replace(before, looked_at=now.isoformat())
    if alarms.write(config["DATA_DIR"], looked) and before.was_away(now):
        return
    news = _look(before, is_whole=before.is_due(today))
    after = replace(alarms.note(looked, news), examined_on=today.isoformat())
    if news.wrong or news.right:
        _tell(news, f"{today}:{before.count}:{news.name()}")
        after = replace(after, count=before.count + 1)
    alarms.write(config["DATA_DIR"], after)


def _look(before: Alarms, *, is_whole: bool) -> News:
    config = current_app.config
    if not is_whole:
        return alarms.find_news(before, check.examine_backups(config), is_whole=False)
    findings = check.examine(config, current_app.extensions["huey"])
    return alarms.find_news(before, findings, is_whole=check.is_complete(findings))


@command
def _tell(news: News, occasion: str) -> None:
    subject = {} if news.wrong else {"subject": OVER}
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        for admin in accounts.list_administrators():
            mail.send(
                "alarm",
                recipient=str(admin.email),
                locale=admin.locale,
                user_id=admin.id,
                key=f"{occasion}:{admin.id}",
                wrong=[(explain(one.subject), one) for one in news.wrong],
                right=[(explain(one.subject), one) for one in news.right],
                **subject,
            )
