"""What browsers are told of https: for the site's own host, and for those below it when an operator says so."""

import pytest

from tests.support.house import site

SAFE = {"SITE_URL": "https://example.org"}
HEADER = "Strict-Transport-Security"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SITE_URL": "http://example.org", "HSTS_SUBDOMAINS": True}, None),
        (SAFE, "max-age=31536000"),
        (SAFE | {"HSTS_SUBDOMAINS": True}, "max-age=31536000; includeSubDomains"),
    ],
)
def test_browsers_stay_on_https_for_a_year_and_below_the_site_only_when_asked_to(tmp_path, settings, told):
    with site(tmp_path, **settings) as app:
        for path in ("/healthz", "/nothing", "/static/nothing"):
            assert app.test_client().get(path, base_url=settings["SITE_URL"]).headers.get(HEADER) == told, path
