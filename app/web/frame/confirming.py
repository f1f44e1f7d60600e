"""The page that says what an act does before it is done: its effects, how it is undone, and one button."""

from collections.abc import Sequence
from typing import Any

from app.forms.base import Form
from app.web.frame.confirmation_texts import ConfirmationText
from app.web.frame.responses import refuse


def render_confirmation(
    act: ConfirmationText,
    form: Form,
    *,
    steps: Sequence[tuple[str, str]],
    back: str,
    effects: Sequence[str] = (),
    is_grave: bool = False,
    code: int = 200,
    **names: str,
) -> Any:
    """Return the page of an act; `names` are those that its texts need, `steps` lead to the page that `back` is."""
    title, lead = str(act.title) % names, str(act.lead) % names
    undoing = str(act.undoing) % names if act.undoing else ""
    return refuse(
        "layout/confirmation.html",
        code=code,
        form=form,
        title=title,
        lead=lead,
        undoing=undoing,
        steps=steps,
        back=back,
        effects=[effect for effect in effects if effect],
        is_grave=is_grave,
    )
