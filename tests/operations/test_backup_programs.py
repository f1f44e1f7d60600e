"""The programs that encrypt and send: they have no terminal, end in time with what they started, and say why they fail."""

import shlex
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from app.operations import backup_programs
from app.operations.backup_programs import Failure
from tests.support import debian
from tests.support.terminal import until

PYTHON = shlex.quote(sys.executable)
pytestmark = pytest.mark.one_engine


def failure(script: str) -> str:
    """Return what is kept of what a program says that fails."""
    with pytest.raises(Failure) as caught:
        backup_programs.call([sys.executable, "-c", script])
    return str(caught.value)


def grower(alive: Path) -> str:
    """Return a script that starts another one, which writes into a file as long as it lives."""
    child = f"import time\nfor _ in range(1200):\n    open({str(alive)!r}, 'a').write('.')\n    time.sleep(0.05)"
    return f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"


def grows(alive: Path) -> bool:
    before = alive.stat().st_size
    time.sleep(0.5)
    return alive.stat().st_size > before


def test_what_takes_too_long_ends_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_programs, "PATIENCE", timedelta(seconds=3))
    assert "took more than two hours" in failure(grower(tmp_path / "alive"))
    assert until((tmp_path / "alive").exists, "the child began") and not grows(tmp_path / "alive")


def test_what_a_worker_that_stops_waits_for_ends_with_it(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    worker = f"""
import os, sys, threading, time
from app.operations import backup_programs
send = lambda: backup_programs.call([sys.executable, "-c", {grower(alive)!r}])
threading.Thread(target=send, daemon=True).start()
while not os.path.exists({str(alive)!r}):
    time.sleep(0.05)
"""
    subprocess.run([sys.executable, "-c", worker], check=True, timeout=60)
    assert not grows(alive)


ON_A_TERMINAL = """
import datetime
from app.operations import backup_programs
backup_programs.PATIENCE = datetime.timedelta(seconds=20)
backup_programs.call(["sh", "-c", "read password </dev/tty"])
"""


def test_a_program_that_asks_for_a_password_fails_at_once_and_says_so_even_where_there_is_a_terminal() -> None:
    """A worker that somebody started by hand has one."""
    assert "EOFError" in failure("input('Password: ')")
    spawn = f"import pty, sys; pty.spawn([sys.executable, '-c', {ON_A_TERMINAL!r}])"
    said = subprocess.run([sys.executable, "-c", spawn], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert b"/dev/tty" in said.stdout and b"sh ended with" in said.stdout


def test_a_program_that_leaves_one_behind_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_programs, "PATIENCE", timedelta(seconds=20))
    script = (
        "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)']).pid)"
    )
    backup_programs.call([sys.executable, "-c", script])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            'age: error: unknown recipient type: "me"\nage: report unexpected or unhelpful errors at https://filippo.io',
            'age: error: unknown recipient type: "me"',
        ),
        (
            "gpg: me: skipped: No public key\ngpg: /srv/a.db: encryption failed: No public key",
            "gpg: /srv/a.db: encryption failed: No public key",
        ),
        (
            "NOTICE: Config file not found - using defaults\n2026/03/02 CRITICAL: Failed to create file system\nbye",
            "2026/03/02 CRITICAL: Failed to create file system",
        ),
        ("x" * 1000, "x" * 300),
        ("", "no word"),
    ],
    ids=["age", "gpg", "rclone", "long", "silent"],
)
def test_the_line_that_says_why_is_kept(said: str, kept: str) -> None:
    assert failure(f"import sys; sys.stderr.write({said!r}); sys.exit(3)").endswith(f"ended with 3: {kept}")


def test_what_gpg_encrypts_is_decrypted_by_the_command_that_a_restoration_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    debian.require("gpg", "gnupg")
    home = tmp_path / "keys"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    (tmp_path / "copy.db").write_bytes(b"copy" * 1000)
    try:
        make = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "backups@example.org"]
        subprocess.run(make, check=True, capture_output=True)
        encrypted = backup_programs.encrypt(tmp_path / "copy.db", "gpg:backups@example.org")
        assert encrypted.name == "copy.db.gpg" and b"copycopy" not in encrypted.read_bytes()
        command = backup_programs.DECRYPT[".gpg"].format(target=tmp_path / "again.db", file=encrypted)
        subprocess.run(shlex.split(command), check=True, capture_output=True)
        assert (tmp_path / "again.db").read_bytes() == (tmp_path / "copy.db").read_bytes()
        with pytest.raises(Failure, match="No public key"):
            backup_programs.encrypt(tmp_path / "copy.db", "gpg:nobody@example.org")
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)
