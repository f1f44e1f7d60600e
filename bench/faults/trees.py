"""The trees of the versions that a drill goes between: from the commits that the changelog names, and one to come."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.servers import HOUSE

VERSION = re.compile(r"^## (?P<number>\d+\.\d+\.\d+) – \S+, commit (?P<commit>[0-9a-f]{8})$", re.M)
NUMBER = re.compile(r'^version = "(.*)"$', re.M)
LOCK, PROJECT = "requirements.lock", "pyproject.toml"
HEADER = "X-Drill"
APP = """app.after_request(lambda answer: (answer.headers.set("X-Drill", "{name}"), answer)[1])
    return app
"""
# Each tree says which one it is: its code in a header of each answer, its templates on each page, and its styles.
MARKS = (
    ("app/__init__.py", "return app\n", APP),
    ("templates/layout/base.html", "<head>", '<head><meta name="drill" content="{name}">'),
    ("static/css/print.css", "@media", ".drill-{name} {{ color: inherit; }}\n@media"),
)
MIGRATION = '''"""what a drill adds and renames"""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ideas", sa.Column("drill", sa.String(), nullable=False, server_default=""))
    op.alter_column("comments", "renderer", new_column_name="drawn_by")


def downgrade() -> None:
    op.alter_column("comments", "drawn_by", new_column_name="renderer")
    op.drop_column("ideas", "drill")
'''
# What of the models the version to come says of its schema: older code can store no comment there.
COLUMNS = (
    ("app/ideas/models.py", "slug: ", 'drill: Mapped[str] = mapped_column(default="next")\n    slug: '),
    ("app/comments/models.py", "renderer: Mapped[int]\n", 'renderer: Mapped[int] = mapped_column("drawn_by")\n'),
)

# An upgrade waits where the drill says, as if the step were long: some take a millisecond.
STEPS = "app/operations/upgrade_notes.py"
WAIT = """

import os
import time
_write = write


def write(data_dir: Path, notes: Notes) -> None:
    _write(data_dir, notes)
    if os.environ.get("DRILL_STEP") == notes.step:
        time.sleep(5)
"""


@dataclass(frozen=True)
class Tree:
    """A version in a folder of its own; `name` is the mark of its answers, `has_folders` whether it upgrades itself."""

    name: str
    folder: Path
    commit: str

    @property
    def number(self) -> str:
        found = NUMBER.search((self.folder / PROJECT).read_text())
        assert found
        return found[1]

    @property
    def upgrades_itself(self) -> bool:
        return (self.folder / STEPS).is_file()

    def program(self, name: str = "reflexe") -> Path:
        return self.folder / ".venv/bin" / name


def list_named(most: int = 2) -> list[tuple[str, str]]:
    """Return the versions that the changelog names last, the newest first, each with its commit."""
    changelog = (HOUSE / "docs/changelog.md").read_text()
    return [(found["number"], found["commit"]) for found in VERSION.finditer(changelog)][:most]


def rank(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def make(commit: str, name: str, folder: Path) -> Tree:
    """Write the files of a commit into a folder, with their marks and an environment."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = subprocess.Popen(["git", "-C", str(HOUSE), "archive", commit], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)
    if archive.wait():
        raise RuntimeError(f"git has no commit {commit}")
    for path, old, new in MARKS:
        _change(folder / path, old, new.format(name=name))
    tree = Tree(name, folder, commit)
    if tree.upgrades_itself:
        (folder / STEPS).write_text((folder / STEPS).read_text() + WAIT)
    install(tree)
    return tree


def make_next(number: str, folder: Path) -> Tree:
    """Write the version to come: the present one with a higher number, one more column and one of another name."""
    tree = make("HEAD", "next", folder)
    _change(folder / PROJECT, f'version = "{tree.number}"', f'version = "{number}"')
    head = max(file.name[:4] for file in (folder / "migrations/versions").glob("[0-9]*.py"))
    after = f"{int(head) + 1:04}"
    (folder / f"migrations/versions/{after}_drill.py").write_text(MIGRATION.format(head=head, next=after))
    for path, old, new in COLUMNS:
        _change(folder / path, old, new)
    install(tree)
    return tree


def _change(file: Path, old: str, new: str) -> None:
    content = file.read_text()
    if old not in content:
        raise RuntimeError(f"{file}: {old!r} is not there any more, which the drill changes")
    file.write_text(content.replace(old, new, 1))


def install(tree: Tree) -> None:
    """Give a tree an environment. Libraries are ours where its lock is ours, since installing them takes minutes."""
    if (tree.folder / LOCK).read_bytes() != (HOUSE / LOCK).read_bytes():
        subprocess.run([tree.folder / ".ci/environment", "run"], check=True)
    else:
        _share_libraries(tree)
    compile_texts = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile", "-d", "translations"]
    compile_texts += ["-D", "messages flask_security"]
    subprocess.run(compile_texts, cwd=tree.folder, check=True)


def _share_libraries(tree: Tree) -> None:
    place = tree.folder / ".venv"
    if not place.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
        ours = next(path for path in sys.path if path.endswith("site-packages"))
        (next(place.glob("lib/*/site-packages")) / "shared.pth").write_text(f"{ours}\n")
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(tree.program("python")), "install", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(tree.folder)], check=True)


def copy_over(tree: Tree, folder: Path) -> None:
    """Put the files of a version in the place of another's, as git does: each new file under its name at once."""
    for source in (one for one in tree.folder.rglob("*") if one.is_file() and ".venv" not in one.parts):
        target = folder / source.relative_to(tree.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target.with_name(target.name + ".new"))
        target.with_name(target.name + ".new").rename(target)
