"""Ideas that one community offers to another: list the offers, show one, answer or cancel it."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.measures import HandoverForm
from app.moderation.moves import policy, queries
from app.moderation.moves.models import Offer
from app.moderation.moves.service import handovers as service
from app.web.frame import links
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

OFFER = Loader(queries.get_offer, "handover_id")
PAGE = "moderation/handovers/show.html"


@bp.get("/moderation/handovers")
@members(policy.HANDOVER_LIST)
def list_handovers() -> str:
    offers = queries.list_open_offers(me())
    incoming_offers = [offer for offer in offers if policy.HANDOVER_ANSWER.permits(me(), offer)]
    outgoing_offers = [offer for offer in offers if offer not in incoming_offers]
    return render("moderation/handovers/index.html", incoming_offers=incoming_offers, outgoing_offers=outgoing_offers)


@bp.get("/moderation/handovers/<id:handover_id>")
@members(policy.HANDOVER_READ, of=OFFER, shows="handover")
def show_handover(offer: Offer) -> str:
    return render(PAGE, offer=offer, idea=offer.idea, form=HandoverForm(formdata=None))


@bp.post("/moderation/handovers/<id:handover_id>/decision")
@members(policy.HANDOVER_READ, of=OFFER, limit="team")
def answer_handover(offer: Offer) -> str | Response:
    form = HandoverForm()
    if saved_replies.insert(form.words, offer.handover.to_id):
        return render(PAGE, offer=offer, idea=offer.idea, form=form)
    outcome = attempt(form, lambda: _answer(offer, form))
    if outcome.code:
        offer = OFFER.again(policy.HANDOVER_READ)
        return refuse(PAGE, code=outcome.code, offer=offer, idea=offer.idea, form=form)
    if form.act.data == "accept":
        return done(links.idea_url(offer.idea), _("Votre communauté porte maintenant cette idée."))
    return done(url_for(".list_handovers"), _("L'idée reste où elle est. Qui vous l'a proposée lira votre réponse."))


def _answer(offer: Offer, form: HandoverForm) -> None:
    act = service.accept if form.act.data == "accept" else service.send_back
    act(me(), offer.idea, offer.handover, answer=form.words.data or "")


@bp.post("/moderation/handovers/<id:handover_id>/cancellation")
@members(policy.HANDOVER_FOLLOW, of=OFFER, limit="team")
def cancel_handover(offer: Offer) -> Response:
    service.cancel(me(), offer.idea, offer.handover)
    return done(links.idea_url(offer.idea), _("La proposition est annulée : l'idée reste à votre communauté."))
