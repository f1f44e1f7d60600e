"""What each page costs at each size, alone in a process: while its parts are kept, and after something was written."""

from dataclasses import dataclass

from bench import pages, visitors
from bench.cpu import Cost, Probe
from bench.pages import Page
from bench.sites import Site


@dataclass(frozen=True)
class Row:
    """A page as the public reads it (None for what a team alone reads), and as somebody signed in does.

    `changed` and `signed_changed` are the same right after something was written.
    """

    page: Page
    public: Cost | None
    changed: Cost | None
    signed_in: Cost
    signed_changed: Cost

    @property
    def first(self) -> Cost:
        return self.public or self.signed_in

    @property
    def first_changed(self) -> Cost:
        return self.changed or self.signed_changed


def measure(site: Site) -> list[Row]:
    """Measure every page of a site, as the public, as a member and as a coordinator where it is theirs."""
    found, probe = pages.find(site.app), Probe(site.app)
    staff = pages.coordinator(site.app)
    boss, member = visitors.cookie(site.app, staff), visitors.cookie(site.app, staff - 1)
    return [_row(probe, page, boss if page.is_staff else member) for page in found]


def _row(probe: Probe, page: Page, cookie: str) -> Row:
    public, changed = (None if page.is_staff else probe.cost(page.path, is_changed=after) for after in (False, True))
    return Row(page, public, changed, probe.cost(page.path, cookie), probe.cost(page.path, cookie, is_changed=True))
