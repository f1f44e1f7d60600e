"""Ideas that one community offers to another: what waits, one offer, and the answer to it."""
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.permits import require
from app.forms.measures import HandoverForm
from app.moves import policy, queries
from app.moves.models import Offer
from app.moves.service import handovers as service
from app.web.frame import links
from app.web.frame.attempt import kept
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp


@bp.get("/moderation/handovers")
@members(policy.HANDOVER_LIST)
def list_handovers() -> str:
    require(me(), policy.HANDOVER_LIST)
    offers = queries.waiting_for(me())
    received = [offer for offer in offers if policy.HANDOVER_ANSWER.permits(me(), offer)]
    sent = [offer for offer in offers if offer not in received]
    return render("moderation/handovers/index.html", received=received, sent=sent)


@bp.get("/moderation/handovers/<id:handover_id>")
@members(policy.HANDOVER_READ)
def show_handover(handover_id: int) -> str:
    offer = queries.one(me(), handover_id, policy.HANDOVER_READ)
    return render("moderation/handovers/show.html", **_shown(offer, HandoverForm(formdata=None)))


@bp.post("/moderation/handovers/<id:handover_id>/decision")
@members(policy.HANDOVER_READ)
def answer_handover(handover_id: int) -> str | Response:
    offer = queries.one(me(), handover_id, policy.HANDOVER_READ)
    form = HandoverForm()
    if saved_replies.begun(form.words, offer.handover.to_id):
        return render("moderation/handovers/show.html", **_shown(offer, form))
    code = kept(form, lambda: _answered(offer, form))
    if code:
        offer = queries.one(me(), handover_id, policy.HANDOVER_READ)
        return refused("moderation/handovers/show.html", code=code, **_shown(offer, form))
    if form.act.data == "accept":
        flash(_("Votre communauté porte maintenant cette idée."), "success")
        return redirect(links.idea(offer.idea), 303)
    flash(_("L'idée reste où elle est. Qui vous l'a proposée lira votre réponse."), "success")
    return go(".list_handovers")


def _answered(offer: Offer, form: HandoverForm) -> None:
    act = service.accept if form.act.data == "accept" else service.send_back
    act(me(), offer.idea, offer.handover, words=form.words.data or "")


@bp.post("/moderation/handovers/<id:handover_id>/cancellation")
@members(policy.HANDOVER_FOLLOW)
def cancel_handover(handover_id: int) -> Response:
    offer = queries.one(me(), handover_id, policy.HANDOVER_FOLLOW)
    service.cancel(me(), offer.idea, offer.handover)
    flash(_("La proposition est annulée : l'idée reste à votre communauté."), "success")
    return redirect(links.idea(offer.idea), 303)


def _shown(offer: Offer, form: HandoverForm) -> dict[str, Any]:
    return {"offer": offer, "idea": offer.idea, "form": form}
