"""A small process supervisor: starts programs, restarts what dies after a growing pause, and says so in the journal.

It holds the listening sockets of the services and hands them on, so that callers of a service that restarts wait instead of
being refused, and a new release takes over while the old one still answers."""

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

FIRST_PAUSE_S = 2
LONGEST_PAUSE_S = 20
HEALTHY_AFTER_S = 120
STOP_WAIT_S = 8


@dataclass
class Program:
    name: str
    service: str
    command: list
    environment: dict = field(default_factory=dict)
    listen_port: int = None  # the socket that the program gets as LISTEN_FD
    ready_url: str = None
    ready_text: str = ""  # what the answer has to contain
    stop_signal: int = signal.SIGTERM
    is_quiet: bool = False  # not part of the shop's own story: its starts and ends are not events


class Supervisor:
    def __init__(self, places, journal, sentences):
        self.places = places
        self.journal = journal
        self.sentences = sentences
        self._programs = {}
        self._sockets = {}

    def start(self, program):
        runner = _Runner(self, program)
        self._programs[program.name] = runner
        runner.thread.start()
        if program.ready_url:
            wait_until_ready(program.ready_url, program.ready_text)

    def replace(self, program):
        """Starts the new one beside what runs under this name, then stops the old one."""
        old = self._programs[program.name]
        self.start(program)
        old.stop()

    def listening_socket(self, port):
        if port not in self._sockets:
            listener = socket.create_server(("127.0.0.1", port), backlog=256)
            self._sockets[port] = listener
        return self._sockets[port].fileno()

    def stop(self, name):
        self._programs.pop(name).stop()

    def stop_all(self):
        for name in reversed(list(self._programs)):
            self.stop(name)


class _Runner:
    def __init__(self, supervisor, program):
        self.supervisor = supervisor
        self.program = program
        self.process = None
        self.stopping = False
        self.wake = threading.Event()
        self.thread = threading.Thread(target=self._keep_running, name=program.name, daemon=True)

    def stop(self):
        self.stopping = True
        self.wake.set()
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.program.stop_signal)
            try:
                self.process.wait(STOP_WAIT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.thread.join()

    def _keep_running(self):
        pause_s = FIRST_PAUSE_S
        while not self.stopping:
            began = time.monotonic()
            self._spawn()
            self.process.wait()
            if self.stopping:
                return
            lived_s = time.monotonic() - began
            pause_s = FIRST_PAUSE_S if lived_s > HEALTHY_AFTER_S else min(pause_s * 2, LONGEST_PAUSE_S)
            self._say("exit", "exited", how=_how(self.process.returncode), seconds=round(lived_s), pause_s=pause_s)
            self.wake.wait(pause_s)
            if not self.stopping:
                self._say("restart", "restarted")

    def _spawn(self):
        listeners, environment = [], dict(self.program.environment)
        if self.program.listen_port:
            listeners = [self.supervisor.listening_socket(self.program.listen_port)]
            environment["LISTEN_FD"] = str(listeners[0])
        with self.supervisor.places.output(self.program.name).open("ab") as output:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *self.program.command],
                env=os.environ | environment, pass_fds=listeners, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd=self.supervisor.places.run, start_new_session=True)

    def _say(self, type, key, **values):
        if not self.program.is_quiet:
            title = self.supervisor.sentences[key].format(name=self.program.name, **values)
            self.supervisor.journal.system_event(type, self.program.service, title, {"source": "supervisor", **values})


def _how(code):
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def wait_until_ready(url, text="", limit_s=40):
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {limit_s} s")
