"""A form whose session ended or whose request failed comes back whole, to be sent again."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.forms.base import LACKS, SHOW_AGAIN, TEXT_NAMES
from app.forms.signing import SignInForm
from app.web.frame import destination
from app.web.frame.responses import replace_page
from app.web.frame.session import TOKEN

# The field in which the form of a sign-in carries a form that was not sent.
CARRIED = "unsent"
# Pages that people press for before they have an account: they are asked to open one.
FIRST_PAGES = ("ideas.new",)
SECRET_FIELDS = ("csrf_token", "password", "new_password", "password_confirm", "new_password_confirm", "passcode")
# A secret where one signs in; in a plan, the number of a part.
CODE = "code"


@dataclass(frozen=True)
class UnsentForm:
    """What a form held, to be sent again to `action`; `texts` is what of it a person reads."""

    action: str
    fields: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    lacks_secret: bool

    def pack(self) -> str:
        """Write the whole as one text, for the form of a sign-in to carry."""
        return urlencode([("", self.action), *self.fields])


def is_ours() -> bool:
    """Tell whether the request comes from a page of this site, by what the browser itself says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return _host(sender) == _our_host()


def is_foreign() -> bool:
    """Tell whether the browser says that another site sends this; one that says nothing is judged by its token."""
    site, origin = request.headers.get("Sec-Fetch-Site", "none"), request.headers.get("Origin", "null")
    return site not in ("same-origin", "none") or (origin != "null" and _host(origin) != _our_host())


def _our_host() -> str:
    """Return the host as the browser sent it: `host_url` writes the accents that it stands for."""
    return _host(f"http://{request.host}")


def _host(address: str) -> str:
    """Return the name of the host in an address, without its port: a proxy may have dropped it."""
    found = re.match(r"https?://(\[[0-9a-f:.]+\]|[^/:@\[\]]+)(:\d+)?(/|$)", address.lower())
    return found[1] if found else ""


def sign_in_first() -> Response:
    """Send a reader to sign in and back; keep what a writer typed."""
    return redirect(sign_in_url(), 303) if request.method in ("GET", "HEAD") else _ask_to_sign_in()


def sign_in_url() -> str:
    """Return the address of the door that leads back to the page of this request."""
    is_stranger = request.endpoint in FIRST_PAGES and TOKEN not in session
    door = "security.register" if is_stranger else "security.login"
    return url_for(door, next=request.full_path.rstrip("?"))


def read_form() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the fields of the form of this request without the secret ones, and those that a person reads again."""
    left_out = (*list_secrets(), SHOW_AGAIN, LACKS)
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]
    return fields, _texts(fields)


def list_secrets() -> tuple[str, ...]:
    """Return the names of the fields that no page of this request gives back."""
    return (*SECRET_FIELDS, CODE) if request.blueprint == "security" else SECRET_FIELDS


def _texts(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name in TEXT_NAMES and value.strip()]


def unpack() -> UnsentForm | None:
    """Return the unsent form that the form of a sign-in carries; None without one, or if it leads elsewhere."""
    (_name, action), *fields = parse_qsl(request.form.get(CARRIED, ""), keep_blank_values=True) or [("", "")]
    return UnsentForm(action, fields, _texts(fields), lacks_secret=False) if destination.is_ours(action) else None


def read_unsent() -> UnsentForm | None:
    """Return the form of this request, to be sent again in one press; None when the request asked to read."""
    if request.method != "POST":
        return None
    try:
        fields, texts = read_form()
    except HTTPException:  # Too large to be read: there is nothing to give back.
        return None
    lacks_secret = any(name in request.form for name in list_secrets() if name != "csrf_token")
    return UnsentForm(request.full_path.rstrip("?"), fields, texts, lacks_secret)


def offer() -> Response:
    """Give back what was typed, to be sent again; whoever needs an account for it signs in on that page."""
    view = current_app.view_functions.get(request.endpoint or "")
    needs_account = getattr(view, "needs_account", False) and not current_user.is_authenticated
    return _ask_to_sign_in() if needs_account else render_page(read_unsent(), 400)


def _ask_to_sign_in() -> Response:
    return render_page(read_unsent(), 401, SignInForm(formdata=None))


def render_page(unsent: UnsentForm | None, code: int, form: SignInForm | None = None) -> Response:
    """Show an unsent form under a code; with a `form`, that of a sign-in, its writer signs in before sending it."""
    body = render_template("errors/resume.html", unsent_form=unsent, is_back=code == 200, form=form, carried=CARRIED)
    response = replace_page(make_response(body, code))
    response.headers["Cache-Control"] = "no-store"
    return response
