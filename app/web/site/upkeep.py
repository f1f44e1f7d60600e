"""What the worker does for whoever looks after the site."""

from dataclasses import replace

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.accounts import queries as accounts
from app.core import clock, maintenance, schema_guard, smtp
from app.core.unit import command
from app.operations import alarms, check, daily_backups, schema, upgrade_rehearsal
from app.operations.alarms import Alarms, News
from app.operations.check import Finding
from app.web.frame import mail
from app.web.site.alarm_words import explain

OVER = _l("Ce qui ne demande plus votre attention sur le site")


def back_up() -> None:
    """Make the backup of the day once it is due, try it and send it as the settings say; forget old ones."""
    config = current_app.config
    daily_backups.run(config)
    upgrade_rehearsal.sweep_what_was_left(config["DATA_DIR"])


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


def watch_closed() -> None:
    """Say that the site was left closed: in the log each time, and to administrators once. No job is done meanwhile."""
    config = current_app.config
    text = check.describe_unfinished(config["DATA_DIR"])
    if not text or not maintenance.is_marked(config["DATA_DIR"]):
        return
    current_app.logger.warning("Nobody is served and nothing is sent: %s", text)
    before = alarms.read(config["DATA_DIR"])
    news = alarms.find_news(before, [Finding("version", "wrong", text)], is_whole=False)
    # Another schema is that of a program which reads accounts in another way.
    if news.wrong and not schema_guard.describe_other(config["SQLALCHEMY_DATABASE_URI"]) and _post(news):
        alarms.write(config["DATA_DIR"], alarms.note(before, news))


def _post(news: News) -> bool:
    """Write to administrators past the outbox; tell whether a mail left."""
    if not mail.can_leave():
        return False
    count = 0
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        for admin in accounts.list_administrators():
            wrong = [(explain(one.subject), one) for one in news.wrong]
            try:
                mail.post("alarm", recipient=str(admin.email), locale=admin.locale, wrong=wrong, right=[])
                count += 1
            except smtp.DeliveryError as trouble:
                current_app.logger.warning("the alarm did not leave: %s", trouble)
    schema.disconnect()
    return bool(count)


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
