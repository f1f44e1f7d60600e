"""The mark of a person or an organisation: one of the blocks of a quilt, drawn from a number, never from a name."""

from hashlib import blake2b

from flask import Flask

BLOCKS = 64


def find_block(number: int) -> int:
    """Return the block of an account, or of an organisation: always the same, and nothing of them is read in it."""
    return blake2b(str(number).encode(), digest_size=2).digest()[0] % BLOCKS


def init_app(app: Flask, sprite: str) -> None:
    app.jinja_env.filters["block"] = lambda number: f"{sprite}#b{find_block(number)}"
