"""Paper ballots: one person types their sums, another confirms them."""

from collections.abc import Sequence
from functools import partial

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.choices import policy
from app.choices.models import Choice, ChoicePaper
from app.choices.queries import choices as queries
from app.choices.service import paper as service
from app.choices.service.ballots import TAKEN_BACK
from app.core.errors import N_
from app.forms.choices import PaperForm, SumsForm
from app.forum.participants import Participant
from app.web.choices import candidates
from app.web.choices.bp import bp
from app.web.choices.pages import CONVERGENCE
from app.web.choices.team import BOTH, LATE, url, values
from app.web.forum.participants import PARTICIPANT
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.overlaps import add_colleague_changes, attempt_over
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me

NO_MORE = N_("Il n'y a plus de sommes à confirmer : quelqu'un les a effacées.")
CONFIRMED = N_("Ces sommes sont confirmées : vous pouvez compter.")
COUNTED = N_("Le choix est déjà compté : le voici.")


@bp.route(f"{CONVERGENCE}/paper", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, late=[policy.is_converging], limit="team")
def type_paper(who: Participant) -> str | Response:
    """Type how many paper ballots there are, and their dots on each candidate; two who do so at once are both asked."""
    choice, forum_id = queries.find_choice(who.forum.id), who.forum.id
    if choice is None:
        return done(url(forum_id), _(TAKEN_BACK), "warning")
    found = candidates.tell(who, queries.list_candidates(choice.id))
    labels, more = [f"{n}. {one.text}" for n, one in enumerate(found, 1)], {"choice": choice, "candidates": found}
    ids = [one.row.id for one in found]
    form = PaperForm.of(labels)
    if not form.is_submitted():
        if not choice.is_stopped:
            return done(url(forum_id), _(service.NOT_STOPPED), "warning")
        return render("choices/paper.html", **values(who, form=_fill(forum_id, labels, ids), **more))

    def present() -> PaperForm | None:
        now = queries.find_choice(forum_id)
        return _fill(forum_id, labels, ids) if now and now.is_stopped else None

    act = partial(_type, who, form)
    outcome = attempt_over(form, who.forum, present, act, late=LATE)
    if outcome.code:
        again = PARTICIPANT.again(policy.READ)
        choice = queries.get_choice(forum_id)
        more = {"choice": choice, "candidates": candidates.tell(again, queries.list_candidates(choice.id))}
        return refuse("choices/paper.html", code=outcome.code, **values(again, form=form, **more))
    return done(url(forum_id), add_colleague_changes(_say_typed(forum_id), form))


def _type(who: Participant, form: PaperForm) -> None:
    service.type_sums(me(), who, int(form.ballots.data), form.placed())


def _fill(forum_id: int, labels: Sequence[str], ids: Sequence[int]) -> PaperForm:
    """Return the form with what is typed of the candidates, by their numbers; empty where nothing is."""
    paper, sums = queries.find_paper(forum_id), queries.get_paper_sums(forum_id)
    form: PaperForm = PaperForm.of(labels, [sums.get(number, 0) for number in ids] if paper else [])
    form.ballots.data = paper.ballots if paper else None
    return form


def _say_typed(forum_id: int) -> str:
    """Say what comes next; the same sums, typed again, may have been confirmed since, or be those of a colleague."""
    paper = queries.find_paper(forum_id)
    if paper is None:
        return _("Il n'y a pas de bulletins de papier : vous pouvez compter.")
    if paper.confirmed_by:
        return _(CONFIRMED)
    if paper.typed_by != me().id:
        return _("%(name)s avait tapé les mêmes sommes : relisez-les, et confirmez-les.", name=person(paper.typist))
    return _("C'est noté. Une autre personne de l'équipe relit ces sommes et les confirme.")


@bp.route(f"{CONVERGENCE}/paper/confirmation", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def confirm_paper(who: Participant) -> str | Response:
    """Show the sums that somebody typed, to be compared with the paper; then confirm them."""
    choice, paper, form = queries.find_choice(who.forum.id), queries.find_paper(who.forum.id), SumsForm()
    forum_id = who.forum.id
    if choice is None:
        return done(url(forum_id), _(TAKEN_BACK), "warning")
    if not form.is_submitted():
        if paper is None or paper.confirmed_by:
            return done(url(forum_id), _(_tell_gone(choice, paper)), "info")
        sums = queries.get_paper_sums(choice.id)
        rows = [(one, sums.get(one.row.id, 0)) for one in candidates.tell(who, queries.list_candidates(choice.id))]
        more = {"choice": choice, "paper": paper, "rows": rows, "typist": person(paper.typist)}
        return render("choices/confirmation.html", **values(who, form=form, **more))
    outcome = attempt(form, lambda: service.confirm(me(), who, form.seen.data or ""))
    if outcome.code:
        return done(url(forum_id), "; ".join(map(str, form.form_errors)), "warning")
    return done(url(forum_id), _("Le papier est confirmé : vous pouvez compter."))


def _tell_gone(choice: Choice, paper: ChoicePaper | None) -> str:
    """Say what became of sums that wait for nobody any more."""
    if paper:
        return CONFIRMED
    if choice.is_counted:
        return COUNTED
    return NO_MORE if choice.is_stopped else service.NOT_STOPPED
