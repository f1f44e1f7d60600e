"""The bundles are written while other workers of the same site read them."""
from pathlib import Path

import pytest

from app.web.frame.assets import Assets


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
