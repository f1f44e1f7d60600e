"""The picture of the site, for pages that have none of their own."""

from werkzeug.wrappers import Response

from app.web.frame import pictures
from app.web.frame.routes import public
from app.web.site.bp import bp
from app.web.site.home import VISIT


@bp.get("/picture.png")
@pictures.limited
@public(VISIT)
def picture() -> Response:
    return pictures.answer(pictures.of_site())
