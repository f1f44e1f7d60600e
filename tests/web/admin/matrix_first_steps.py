"""The first steps of a site: for administrators alone."""

from tests.matrix import Row
from tests.web.admin.matrix import SITE, SITE_ACT

PAGE = "/admin/first-steps"
KEPT = "settings versions journal"
ROUTES = [
    Row(f"GET {PAGE}", "", SITE),
    Row(f"POST {PAGE}/reading", "", "401 anyone; 409 admin; 403 *"),
    Row(f"POST {PAGE}/mail", "", SITE_ACT, "outbox"),
    Row(f"POST {PAGE}/putting-away", "", SITE_ACT, KEPT),
    Row(f"POST {PAGE}/putting-away/withdrawal", "", SITE_ACT),
]
PAGES = {"admin": lambda _square: [PAGE, "/"]}
EMPTY = {"admin": [PAGE]}
FORMLESS = {
    f"POST {PAGE}/reading": "it says which versions were read: tests/web/admin/test_first_steps.py",
    f"POST {PAGE}/mail": "no server is named in tests: tests/web/admin/test_first_steps.py",
    f"POST {PAGE}/putting-away/withdrawal": "they are not put away: tests/web/admin/test_first_steps.py",
}
