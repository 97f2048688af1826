#!/usr/bin/env python3
"""The example shop: install what it needs, run it, or record an incident. See README.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent
ENVIRONMENT = HOME / ".venv"
DEBIAN_PACKAGES = [
    "nginx-light", "redis-server", "postgresql-15", "prometheus", "prometheus-alertmanager", "prometheus-node-exporter",
    "prometheus-postgres-exporter", "prometheus-redis-exporter", "prometheus-nginx-exporter", "python3-venv", "patch", "e2fsprogs",
]
NICENESS = -10  # the shop goes before other work of the machine, so that its calm is calm


def install():
    missing = [package for package in DEBIAN_PACKAGES if subprocess.run(["dpkg", "-s", package], capture_output=True).returncode != 0]
    if missing and os.geteuid() != 0:
        sys.exit(f"please install (or run as root): apt-get install {' '.join(missing)}")
    if missing:
        no_start = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=os.environ | no_start, check=True)
    if not ENVIRONMENT.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(ENVIRONMENT / "bin" / "pip"), "install", "-q", "-r", str(HOME / "requirements.txt")], check=True)
    if not (HOME / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit"], cwd=HOME, check=True)


def enter_environment():
    """Goes on with the Python of the shop's own environment."""
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix) != ENVIRONMENT:
        os.execv(python, [str(python), *sys.argv])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run-dir", type=Path, default=Path("/tmp/fupan-shop"), help="where the parts keep their data; emptied at each start")
    parser.add_argument("--first-port", type=int, default=18100)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the shop until Ctrl-C")
    run.add_argument("--language", choices=("en", "zh"), default="en")
    record = commands.add_parser("record", help="run the shop, do an incident to it, write the capture")
    record.add_argument("incident", help="lock-pileup, disk-full, retry-storm, memory-leak or redis-blocked")
    record.add_argument("-o", "--output", type=Path, default=HOME.parent / "incidents")
    record.add_argument("--skip-calm", type=int, default=0, metavar="SECONDS", help="shorten the calm before the first step (to try an incident)")
    return parser.parse_args()


def main():
    options = arguments()
    install()
    enter_environment()
    import recording
    if os.geteuid() == 0:
        os.nice(NICENESS)
    if options.command == "run":
        recording.run(options)
    else:
        recording.record(options)


if __name__ == "__main__":
    main()
