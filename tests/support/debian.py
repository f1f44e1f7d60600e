"""Programs that a machine lacks, brought from Debian or Ubuntu: nothing is skipped for want of one."""

import os
import shutil
import subprocess

PATIENCE = 600


def list_steps(*packages: str) -> list[list[str]]:
    """Return the commands that install these, each tried by itself."""
    apt = [*([] if os.geteuid() == 0 else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    return [[*apt, "update"], *([*install, package] for package in packages)]


def require(program: str, package: str) -> None:
    """Install a program that is not there. Raise RuntimeError where that can't be."""
    for step in [] if shutil.which(program) else list_steps(package):
        subprocess.run(step, capture_output=True, timeout=PATIENCE, check=False)
    if not shutil.which(program):
        raise RuntimeError(f"{program} is not here and could not be installed: apt-get install {package}")
