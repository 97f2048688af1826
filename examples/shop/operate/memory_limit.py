"""A kernel memory limit for one service, by a control group (version 1 or 2) below our own."""

import os
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")


class MemoryLimit:
    """The kernel ends the service's process when it wants more than limit_bytes."""

    def __init__(self, name, limit_bytes):
        own = _own_group()
        if own is None:
            raise RuntimeError("no writable memory control group: the memory-leak incident needs one (run as root)")
        self.folder, is_version_1 = own
        self.folder = self.folder / f"shop-{name}-{os.getpid()}"
        self.folder.mkdir()
        self.limit_bytes = limit_bytes
        self._usage = self.folder / ("memory.usage_in_bytes" if is_version_1 else "memory.current")
        limit_file = "memory.limit_in_bytes" if is_version_1 else "memory.max"
        (self.folder / limit_file).write_text(str(limit_bytes))

    def wrap(self, command):
        return ["sh", "-c", f'echo $$ > {self.folder}/cgroup.procs; exec "$@"', "sh", *command]

    def usage_bytes(self):
        return int(self._usage.read_text())

    def remove(self):
        self.folder.rmdir()


def _own_group():
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            return ROOT / "memory" / path.lstrip("/"), True
        if controllers == "" and (ROOT / path.lstrip("/") / "memory.max").exists():
            return ROOT / path.lstrip("/"), False
    return None
