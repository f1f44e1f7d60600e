"""An act of one press of a participant, whose script sends it by itself, later where there was no network."""

from collections.abc import Callable

from werkzeug.wrappers import Response

from app.core.errors import N_, Conflict
from app.forms.topics import GoingForm, InterestForm
from app.forum.participants import Participant
from app.web.frame.attempt import attempt
from app.web.frame.responses import ask_later, done, done_in_part, is_htmx, refuse

# What becomes of a press that somebody faster, or the end of the forum, left without its object.
LATE = N_("Cela ne se fait plus : le sujet n'est plus au mur, ou le forum est clos.")
OTHER_PERSON = N_("Cet appareil est passé à une autre personne : ce geste n'est fait au nom de personne.")


def do(
    who: Participant,
    form: InterestForm | GoingForm,
    act: Callable[[], None],
    *,
    url: str,
    said: str,
    draw_part: Callable[[], str] = str,
) -> str | Response:
    """Do an act in the name of whoever pressed, and of nobody else; a script is told why where it is refused."""
    mine = str(who.registration.id) if who.registration else ""

    def run() -> None:
        if form.mine.data and form.mine.data != mine:
            raise Conflict(OTHER_PERSON)
        act()

    outcome = attempt(form, run, late=LATE)
    reasons = "; ".join(map(str, form.form_errors))
    if is_htmx():
        if outcome.code:
            return ask_later(refuse("forum/_refused.html", code=outcome.code, reasons=reasons), outcome.retry_after)
        return done_in_part(draw_part(), said)
    return done(url, reasons, "warning") if outcome.code else done(url, said)
