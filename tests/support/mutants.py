"""Change the law and the votes, one sign at a time, and see whether a test notices (`python -m tests.support.mutants`).

It works on a copy of the tree. It ends with 1 when fewer than 95 % of the changes are noticed, and names those that are not.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from app import HOUSE

TOOL = HOUSE / ".venv-soak" / "bin" / "cosmic-ray"
LEAST = 0.95
GROUPS = {
    "permissions": (
        [
            "app/core/permits.py",
            *sorted(
                str(file.relative_to(HOUSE))
                for form in ("**/policy.py", "**/policy/*.py")
                for file in (HOUSE / "app").glob(form)
            ),
        ],
        [
            f"tests/{name}"
            for name in (
                "test_permissions.py",
                "ideas/test_policy.py",
                "comments/test_policy.py",
                "web/comments/test_marks.py",
                "accounts/test_rights.py",
                "updates/test_service.py",
                "plan",
                "ideas/test_answers_law.py",
                "moderation/measures/test_law.py",
                "moderation/merges/test_law.py",
                "moderation/cases/test_cases.py",
                "moderation/appeals/test_appeals.py",
                "moderation/appeals/test_judgements.py",
                "desk/test_assignments.py",
                "desk/test_own_words.py",
                "communities",
                "notifications",
            )
        ],
    ),
    "votes": (
        ["app/votes/service.py", "app/votes/queries.py", "app/votes/inheriting.py", "app/votes/reactions.py"],
        [
            "tests/votes/test_service.py",
            "tests/votes/test_queries.py",
            "tests/web/votes/test_support.py",
            "tests/votes/test_inheriting.py",
            "tests/votes/test_inheriting_model.py",
        ],
    ),
}
# What says a type, and not what is done (`int | None`); and what is the same of a small number or of a name (`==`, `is`).
UNSAID = (
    "core/ReplaceBinaryOperator_BitOr%",
    "core/ReplaceComparisonOperator_Eq_Is",
    "core/ReplaceComparisonOperator_NotEq_IsNot",
)
CONFIG = """[cosmic-ray]
module-path = {modules}
timeout = 120.0
excluded-modules = []
test-command = {command}

[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    groups = sys.argv[1:] or list(GROUPS)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        _copy_tree(copy)
        return max(_group(name, copy, Path(folder)) for name in groups)


def _copy_tree(copy: Path) -> None:
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    for name in filter(None, listing.stdout.splitlines()):
        if (HOUSE / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOUSE / name, copy / name)


def _group(name: str, copy: Path, folder: Path) -> int:
    modules, tests = GROUPS[name]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--engine", "sqlite", "-p", "no:cacheprovider", *tests]
    config, session = folder / f"{name}.toml", folder / f"{name}.sqlite"
    config.write_text(CONFIG.format(modules=json.dumps(modules), command=json.dumps(" ".join(command))))
    _run(copy, "baseline", config)
    _run(copy, "init", config, session)
    _leave_types(session)
    _run(copy, "exec", config, session)
    return _report(name, _run(copy, "dump", session))


def _run(copy: Path, *arguments: object) -> str:
    result = subprocess.run([TOOL, *map(str, arguments)], cwd=copy, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"cosmic-ray {arguments[0]}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout


def _leave_types(session: Path) -> None:
    with sqlite3.connect(session) as database:
        for sign in UNSAID:
            rows = database.execute("SELECT job_id FROM mutation_specs WHERE operator_name LIKE ?", (sign,)).fetchall()
            for table in ("mutation_specs", "work_items"):
                database.executemany(f"DELETE FROM {table} WHERE job_id = ?", rows)


def _report(name: str, dump: str) -> int:
    """Print the figures and the changes that nobody noticed; return 1 when there are too many."""
    results = [json.loads(line) for line in dump.splitlines()]
    alive = [work for work, result in results if result and result["test_outcome"] == "survived"]
    noticed_count = len(results) - len(alive)
    print(
        f"{name}: {noticed_count} of {len(results)} changes were noticed ({noticed_count / max(len(results), 1):.1%})"
    )
    for work in alive:
        for change in work["mutations"]:
            print(f"  {change['module_path']}:{change['start_pos'][0]} {change['operator_name']}")
    return int(noticed_count < LEAST * len(results))


if __name__ == "__main__":
    sys.exit(main())
