"""seed: what a new platform begins with, what a demonstration shows, and bulk for measurements."""
import click
from flask import current_app
from flask_security import hash_password

from app.cli.terminal import answer, as_json, bar, on_app, tell
from app.operations import bench, reference
from app.operations.demo import story


@click.group("seed")
def seed() -> None:
    """Sow reference data, the demonstration, or bulk; running it again adds only what is missing."""


@seed.command("reference")
@as_json
@on_app()
def seed_reference(as_json: bool) -> None:
    """Add the communities, issues and territories that are missing; change nothing that is there."""
    added = sow_reference()
    if as_json:
        answer(added)


@seed.command("demo")
@as_json
@on_app()
def seed_demo(as_json: bool) -> None:
    """Add the demonstration: people, ideas, comments, supports and updates. Never in production."""
    if current_app.config["REFLEXE_ENV"] == "production":
        raise click.ClickException("Demonstration content and accounts never enter a production database.")
    sow_reference()
    added = sow_demo()
    if as_json:
        answer(added)


@seed.command("bench")
@click.option("--ideas", type=click.IntRange(0), default=1000, show_default=True)
@click.option("--comments", type=click.IntRange(0), default=10000, show_default=True)
@click.option("--votes", type=click.IntRange(0), default=20000, show_default=True)
@as_json
@on_app()
def seed_bench(ideas: int, comments: int, votes: int, as_json: bool) -> None:
    """Add synthetic rows for measurements, the same ones each time. Never in production."""
    if current_app.config["REFLEXE_ENV"] == "production":
        raise click.ClickException("Synthetic rows never enter a production database.")
    sow_reference()
    with bar("Synthetic rows", ideas + comments + votes) as shown:
        added = bench.seed(ideas=ideas, comments=comments, votes=votes, step=shown.update)
    answer(added) if as_json else tell(_sentence("Synthetic rows", added))


def sow_reference() -> dict[str, int]:
    """Sow the reference, and say what was added."""
    added = reference.seed()
    tell(_sentence("Reference", added))
    return added


def sow_demo() -> dict[str, int]:
    """Sow the demonstration under a progress bar, and say what was added."""
    with bar("Demonstration", story.length()) as shown:
        added = story.seed(hash_password, step=shown.update)
    tell(_sentence("Demonstration", added))
    return added


def _sentence(what: str, added: dict[str, int]) -> str:
    parts = [f"{number} {name}" for name, number in added.items() if number]
    return f"{what}: {', '.join(parts)} added." if parts else f"{what}: all there already."
