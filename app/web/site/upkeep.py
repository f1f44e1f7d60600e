"""What the worker does for whoever looks after the site."""

from collections.abc import Sequence

from flask import current_app

from app.accounts import queries as accounts
from app.core import clock
from app.core.unit import command
from app.operations import alarms, check, daily_backups
from app.operations.alarms import Alarms
from app.operations.check import Finding
from app.web.frame import mail


def back_up() -> None:
    """Make the backup of the day once it is due, try it and send it as the settings say."""
    daily_backups.run(current_app.config)


def watch() -> None:
    """Examine the site once a day and its backups each time; write to administrators what is wrong, and right again."""
    config, today = current_app.config, clock.today()
    before = alarms.read(config["DATA_DIR"])
    if before.is_due(today):
        findings = check.examine(config, current_app.extensions["huey"])
    else:
        findings = check.examine_backups(config)
    wrong, right = alarms.list_news(before.told, findings)
    if wrong or right:
        _tell(wrong, right)
    alarms.write(config["DATA_DIR"], Alarms(alarms.note(before.told, wrong, right), today.isoformat()))


@command
def _tell(wrong: Sequence[Finding], right: Sequence[Finding]) -> None:
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        for admin in accounts.list_administrators():
            mail.send(
                "alarm",
                recipient=str(admin.email),
                locale=admin.locale,
                user_id=admin.id,
                wrong=wrong,
                right=right,
            )
