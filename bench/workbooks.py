"""A small workbook whose cells all name one long text, which a coordinator sends as a plan."""

import http.client
import io
import zipfile
from datetime import date

from bs4 import BeautifulSoup
from openpyxl import Workbook
from sqlalchemy import select
from werkzeug.test import encode_multipart

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.db import db
from app.plan.service import publishing
from bench import pages, settings, visitors
from bench.sites import Site

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def make(*, rows: int = 200, columns: int = 100, length: int = 100_000) -> bytes:
    """Return a workbook of some 6 kB, which holds two thousand million characters once it is read."""
    plain, written = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    row = "<row>" + '<c t="s"><v>0</v></c>' * columns + "</row>"
    changed = {
        SHEET: f"<worksheet {MAIN}><sheetData>{row * rows}</sheetData></worksheet>",
        TEXTS: f"<sst {MAIN}><si><t>{'x' * length}</t></si></sst>",
    }
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys([*parts.namelist(), *changed]):
            archive.writestr(name, changed.get(name) or parts.read(name))
    return written.getvalue()


def write(site: Site, port: int) -> bytes:
    """Write the form that sends the workbook, as the page shows it to a coordinator."""
    staff = pages.coordinator(site.app)
    _begin_plan(site, staff)
    headers = {"Host": f"{settings.HOST}:{port}", "Cookie": visitors.cookie(site.app, staff)}
    connection = http.client.HTTPConnection(settings.HOST, port)
    connection.request("GET", "/plan/import", headers=headers)
    answer = connection.getresponse()
    page = BeautifulSoup(answer.read(), "html.parser")
    connection.close()
    fields = {str(field["name"]): str(field.get("value", "")) for field in page.select("main form input[type=hidden]")}
    fields["plan"] = str(page.select("main form select[name=plan] option")[0]["value"])
    boundary, body = encode_multipart(fields | {"file": (io.BytesIO(make()), "plan.xlsx")})
    headers |= {
        "Cookie": (answer.getheader("Set-Cookie") or headers["Cookie"]).split(";")[0],
        "Origin": f"http://{settings.HOST}:{port}",
        "Content-Length": str(len(body)),
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /plan/import HTTP/1.1\r\n{lines}\r\n".encode() + body


def _begin_plan(site: Site, user_id: int) -> None:
    """Begin a plan, unless a former run did."""
    with site.app.app_context():
        actor = actor_for(db.session.scalars(select(User).where(User.id == user_id)).one())
        publishing.begin(
            actor, title="Un plan", starts_on=date(2026, 1, 1), ends_on=date(2030, 1, 1), form_key="a plan to import"
        )
