"""Paper ballots: one person types their sums, another confirms them."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.choices import policy
from app.choices.queries import choices as queries
from app.choices.service import paper as service
from app.core.errors import NotFound
from app.forms.choices import PaperForm, SumsForm
from app.forum.participants import Participant
from app.web.choices import candidates
from app.web.choices.bp import bp
from app.web.choices.pages import CONVERGENCE
from app.web.choices.team import BOTH, url, values
from app.web.forum.participants import PARTICIPANT
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.route(f"{CONVERGENCE}/paper", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def type_paper(who: Participant) -> str | Response:
    """Type how many paper ballots there are, and their dots on each candidate."""
    choice, forum_id = queries.get_choice(who.forum.id), who.forum.id
    found = candidates.tell(who, queries.list_candidates(choice.id))
    labels, more = [f"{n}. {one.text}" for n, one in enumerate(found, 1)], {"choice": choice, "candidates": found}
    form = PaperForm.of(labels)
    if not form.is_submitted():
        if not choice.is_stopped:
            return done(url(forum_id), _(service.NOT_STOPPED), "warning")
        paper, sums = queries.find_paper(choice.id), queries.get_paper_sums(choice.id)
        shown = PaperForm.of(labels, [sums.get(one.row.id, 0) for one in found] if paper else [])
        shown.ballots.data = paper.ballots if paper else None
        return render("choices/paper.html", **values(who, form=shown, **more))
    outcome = attempt(form, lambda: service.type_sums(me(), who, int(form.ballots.data), form.placed()))
    if outcome.code:
        again = PARTICIPANT.again(policy.READ)
        choice = queries.get_choice(forum_id)
        more = {"choice": choice, "candidates": candidates.tell(again, queries.list_candidates(choice.id))}
        return refuse("choices/paper.html", code=outcome.code, **values(again, form=form, **more))
    if queries.find_paper(forum_id) is None:
        return done(url(forum_id), _("Il n'y a pas de bulletins de papier : vous pouvez compter."))
    return done(url(forum_id), _("C'est noté. Une autre personne de l'équipe relit ces sommes et les confirme."))


@bp.route(f"{CONVERGENCE}/paper/confirmation", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def confirm_paper(who: Participant) -> str | Response:
    """Show the sums that somebody typed, to be compared with the paper; then confirm them."""
    choice, paper, form = queries.get_choice(who.forum.id), queries.find_paper(who.forum.id), SumsForm()
    forum_id = who.forum.id
    if not form.is_submitted():
        if paper is None:
            raise NotFound()
        sums = queries.get_paper_sums(choice.id)
        rows = [(one, sums.get(one.row.id, 0)) for one in candidates.tell(who, queries.list_candidates(choice.id))]
        more = {"choice": choice, "paper": paper, "rows": rows, "typist": person(paper.typist)}
        return render("choices/confirmation.html", **values(who, form=form, **more))
    outcome = attempt(form, lambda: service.confirm(me(), who, form.seen.data or ""))
    if outcome.code:
        return done(url(forum_id), "; ".join(map(str, form.form_errors)), "warning")
    return done(url(forum_id), _("Le papier est confirmé : vous pouvez compter."))
