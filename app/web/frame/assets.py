"""Static files under names that hold their content's hash, so that a browser may keep them for ever."""

import base64
import gzip
import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from app.web.frame.wsgi import put_before

BUNDLES = {
    "css/app.css": ("css/tokens.css", "css/base.css", "css/layout.css", "css/components/*.css", "css/print.css"),
    "js/app.js": ("js/behaviours/*.js",),
}
# What only those who write a style sheet read: its comments, and how far its lines stand in.
UNSAID = re.compile(r"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
URL = re.compile(r"url\((['\"]?)(?!data:|#)([^'\"()]+)\1\)")
# What is compressed, once; a font is already. In bytes: below this size it gains nothing.
COMPRESSED, SMALL = (".css", ".js", ".svg"), 400
MARK = re.compile(r"\.[0-9a-f]{12}\.")
COPY = re.compile(MARK.pattern + r"\w+$")


@dataclass
class Assets:
    """`urls` and `integrity` by logical name ("css/app.css"); `files` are copies that nothing changes."""

    static: Path
    output: Path
    urls: dict[str, str] = field(default_factory=dict)
    integrity: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def build(self) -> None:
        bundles = {name: self._find(patterns) for name, patterns in BUNDLES.items()}
        parts = [file for files in bundles.values() for file in files]
        for file in sorted(set(self.static.rglob("*")) - set(parts)):
            if file.is_file():
                self._add(str(file.relative_to(self.static)), file.read_bytes())
        for name, files in bundles.items():
            self._add(name, "\n".join(self._read(file) for file in files).encode())

    def _find(self, patterns: tuple[str, ...]) -> list[Path]:
        return [file for pattern in patterns for file in sorted(self.static.glob(pattern))]

    def add_former(self) -> None:
        """Give the files of former versions too: pages that browsers were given by these ask for them."""
        for copy in self.output.rglob("*"):
            if COPY.search(copy.name):
                self.files.setdefault(f"/static/{copy.relative_to(self.output)}", copy)

    def _read(self, file: Path) -> str:
        """Return the text of a file; of a style sheet, what browsers read, with the addresses of served files."""
        if file.suffix != ".css":
            return file.read_text()

        def replace(match: re.Match[str]) -> str:
            target = (file.parent / match[2]).resolve().relative_to(self.static.resolve())
            return f'url("{self.urls[str(target)]}")'

        return URL.sub(replace, UNSAID.sub("", file.read_text()))

    def _add(self, name: str, content: bytes) -> None:
        stem, _, suffix = name.rpartition(".")
        hashed_name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        self.urls[name] = f"/static/{hashed_name}"
        self.integrity[name] = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        copy = self.output / hashed_name
        _write(copy, content)
        if copy.suffix in COMPRESSED:
            _compress(copy, content)
        self.files[f"/static/{hashed_name}"] = copy


def _compress(file: Path, content: bytes) -> None:
    """Write the strongest brotli and gzip beside a file, for WhiteNoise to serve; its name says what it holds."""
    for suffix, compress in ((".br", brotli.compress), (".gz", lambda data: gzip.compress(data, 9, mtime=0))):
        compressed = file.with_name(file.name + suffix)
        if len(content) > SMALL and not compressed.is_file():
            _write(compressed, compress(content))


def _write(file: Path, content: bytes) -> None:
    """Put a file in place whole: other workers start at the same moment, and keep for good the size that they saw."""
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)


def serve(app: Flask) -> Assets:
    """Build the assets and let WhiteNoise serve them before the application is entered."""
    assets = Assets(Path(app.root_path).parent / "static", app.config["DATA_DIR"] / "static")
    assets.build()
    assets.add_former()
    front = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=lambda _path, url: bool(MARK.search(url)),
        charset="utf-8",
        add_headers_function=_headers,
        allow_all_origins=False,
    )
    for url, file in assets.files.items():
        front.add_file_to_dictionary(url, str(file))
    put_before(app, front)
    app.extensions["assets"] = assets
    return assets


def _headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
