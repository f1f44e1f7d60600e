"""The page of a forum is kept for everybody, and never what was answered to a pass."""

from app.core import keys
from app.core.keys import Purpose
from tests.support.door import comes
from tests.web.forum.hall import CODE, address, hall
from tests.web.page_cache import page_caches


def test_what_is_answered_to_a_pass_is_kept_by_nobody_and_the_page_of_everybody_stays_kept(
    app, make, page_cache, reader
):
    forum = hall(make)
    place = comes(make, forum, "Ana Sans Compte", CODE)
    path, token = f"/forums/{forum.id}", keys.get_keys(app.config).write_token(Purpose.PASS, [place.id, CODE])
    shared = reader.get(path)
    assert reader.get(path).data == shared.data and page_cache.pages.hits == 1
    kept = len(page_cache.pages)
    reader.set_cookie("pass", token, path=path)
    for page in (path, f"{path}?lang=en", address(forum)):
        own = reader.get(page)
        assert own.headers["Cache-Control"] == "no-store" and "ETag" not in own.headers, page
        assert "Cookie" in own.headers["Vary"]
    # Beside other cookies, and however its header is written.
    for header in (f"lang=fr; pass={token}", f'lang=fr; theme=dark; pass="{token}"', f"pass={token}; pass="):
        assert reader.get(path, headers={"Cookie": header}).headers["Cache-Control"] == "no-store", header
    assert len(page_cache.pages) == kept and page_cache.pages.hits == 1
    assert page_caches.browse(app, page_cache).get(path).data == shared.data and page_cache.pages.hits == 2
