"""Follows the kernel's own messages (/dev/kmsg) and puts those about the memory of our control groups into the journal.

Out-of-memory kills of other work on the machine are left out: a kill counts when its oom-kill line names one of our groups."""

import os
import re
import threading

VERDICT = re.compile(r"oom-kill:.*task_memcg=\S*/([^/,]+),task=\S+,pid=(\d+)")
KILLED = re.compile(r"Killed process (\d+) ")


class KernelMessages:
    def __init__(self, journal, limits):
        """limits: the memory limit of each limited service."""
        self._journal = journal
        self._service_of_group = {limit.folder.name: service for service, limit in limits.items()}
        self._service_of_pid = {}

    def follow(self):
        try:
            source = os.open("/dev/kmsg", os.O_RDONLY)
        except OSError as error:
            print(f"kernel messages cannot be read ({error}): they will be missing from the capture")
            return
        os.lseek(source, 0, os.SEEK_END)
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source):
        while True:
            try:
                record = os.read(source, 8192).decode("utf-8", "replace")
            except BrokenPipeError:  # older records were overwritten; the next read goes on
                continue
            self._take(record.split(";", 1)[1].split("\n", 1)[0])

    def _take(self, text):
        if verdict := VERDICT.search(text):
            group, pid = verdict.groups()
            if group in self._service_of_group:
                self._service_of_pid[pid] = self._service_of_group[group]
        elif (killed := KILLED.search(text)) and killed[1] in self._service_of_pid:
            self._journal.system_event("oom_kill", self._service_of_pid[killed[1]], f"kernel: {text}", {"source": "kernel"})
