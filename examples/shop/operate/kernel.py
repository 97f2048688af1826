"""Follows the kernel's own messages (/dev/kmsg) and puts those about ended processes and disks into the journal."""

import os
import re
import threading

INTERESTING = re.compile(r"out of memory|oom-kill|Killed process|No space|EXT4-fs (error|warning)", re.IGNORECASE)
KILLED = re.compile(r"Killed process (\d+) \((\S+)\)")


class KernelMessages:
    def __init__(self, journal, limited_service):
        """limited_service: whose memory is limited by the kernel, so whose death an out-of-memory line tells."""
        self._journal = journal
        self._service = limited_service

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
            text = record.split(";", 1)[1].split("\n", 1)[0]
            if KILLED.search(text) or (INTERESTING.search(text) and "oom-kill:" in text):
                kind = "oom_kill" if KILLED.search(text) else "kernel"
                self._journal.system_event(kind, self._service, f"kernel: {text}", {"source": "kernel"})
