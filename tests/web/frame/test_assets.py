"""The bundles are written while other workers of the same site read them."""

import gzip
import re
from contextlib import closing
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.web.frame.assets import Assets, serve
from tests.support.browser import Browser
from tests.support.make import Make


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "base.css").write_text("p { color: inherit }")
    return Assets(tmp_path / "static", tmp_path / "built")


def css(assets: Assets) -> Path:
    return assets.files[assets.urls["css/app.css"]]


def test_a_bundle_that_is_there_already_is_left_as_it_is(assets: Assets) -> None:
    assets.build()
    before = css(assets).stat()
    Assets(assets.static, assets.output).build()
    assert (css(assets).stat().st_ino, css(assets).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_bundle_takes_its_place_whole_and_leaves_nothing_beside(assets: Assets) -> None:
    assets.build()
    whole, place = css(assets).read_bytes(), css(assets)
    place.write_bytes(b"p {")
    with place.open("rb") as reader:
        Assets(assets.static, assets.output).build()
        assert reader.read() == b"p {", "a file that somebody reads is not emptied under them"
    assert place.read_bytes() == whole and [one.name for one in place.parent.iterdir()] == [place.name]


def test_what_can_be_compressed_is_so_once_and_for_good(assets: Assets) -> None:
    (assets.static / "css" / "base.css").write_text("p { color: inherit }\n" * 100)
    assets.build()
    packed = [css(assets).with_name(css(assets).name + suffix) for suffix in (".br", ".gz")]
    assert (
        brotli.decompress(packed[0].read_bytes()) == gzip.decompress(packed[1].read_bytes()) == css(assets).read_bytes()
    )
    before = [one.stat().st_mtime_ns for one in packed]
    Assets(assets.static, assets.output).build()
    assert [one.stat().st_mtime_ns for one in packed] == before


def test_a_sheet_is_served_without_what_only_its_writers_read(assets: Assets) -> None:
    (assets.static / "css" / "base.css").write_text(
        "/* Why. */\n@layer base {\n  p > b/* here */ i {\n    color: red;\n\n    margin: 0\n      1px;\n  }\n}\n"
    )
    assets.build()
    assert css(assets).read_text() == "\n@layer base {\np > b i {\ncolor: red;\nmargin: 0\n1px;\n}\n}\n"


def test_the_sheet_of_all_pages_keeps_within_its_weight(app: Flask) -> None:
    """In bytes, compressed: a first visit over a slow line waits for all of it."""
    assets: Assets = app.extensions["assets"]
    assert len(gzip.compress(css(assets).read_bytes(), 9)) <= 28_000


def test_a_page_of_the_version_before_still_finds_its_styles(assets: Assets, app: Flask) -> None:
    assets.build()
    former = assets.urls["css/app.css"]
    (assets.static / "css" / "base.css").write_text("p { color: red }\n" * 100)
    newer = Assets(assets.static, assets.output)
    newer.build()
    assert newer.urls["css/app.css"] != former and former not in newer.files
    newer.add_former()
    assert newer.files[former].read_text() == "p { color: inherit }"
    assert {file.suffix for file in newer.files.values()} <= {".css", ".js"}, (
        "what is compressed is given by its own name alone"
    )
    copy = app.config["DATA_DIR"] / "static" / "css" / "app.0123456789ab.css"
    copy.write_text("p { color: green }")
    assert serve(app).files["/static/css/app.0123456789ab.css"] == copy


def test_a_first_visit_takes_110_kilobytes_at_most(make: Make, visitor: Browser) -> None:
    """The page, what it links to, and what its style sheet does, as they travel."""
    for n in range(30):
        make.idea(title=f"Une idée parmi d'autres, {n}", votes=n % 3)
    page = visitor.get("/")
    links = {
        tag.get("href") or tag["src"] for tag in page.soup.select("link[rel=stylesheet], link[rel=icon], script[src]")
    }
    with closing(visitor.get(page.soup.select_one("link[rel=stylesheet]")["href"])) as sheet:
        fonts = set(re.findall(r'url\("(/static/[^"]+)"\)', sheet.text))
    sizes = {}
    for address in ("/", *links, *fonts):
        with closing(visitor.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})) as answer:
            sizes[address] = len(answer.get_data())
            assert (answer.content_encoding == "br") != (address in fonts), address
    assert len(links) == 4 and len(fonts) == 3
    assert sum(sizes.values()) <= 110_000, sizes
