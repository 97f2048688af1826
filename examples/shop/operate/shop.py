"""The running shop: start, what operators do to it, stop."""

import json
import shutil

from record.access_log import AccessLog
from record.receiver import Receiver

from . import database, parts, releases
from .journal import Journal
from .kernel import KernelMessages
from .memory_limit import MemoryLimit
from .places import HOME, SERVICES
from .render import render_all
from .supervisor import Supervisor

SENTENCES = json.loads((HOME / "operate" / "sentences.json").read_text("utf-8"))
SESSIONS_PER_SECOND = 2.2
MEMORY_LIMITS = {"recommendations": 140 << 20}


class Shop:
    def __init__(self, places):
        self.places = places
        self.sentences = SENTENCES[places.language]
        shutil.rmtree(places.run, ignore_errors=True)
        for folder in ("records", "output", "settings", "releases"):
            (places.run / folder).mkdir(parents=True)
        places.run.chmod(0o755)
        self.journal = Journal(places.records / "events.jsonl")
        self.supervisor = Supervisor(places, self.journal, self.sentences)
        self.versions = dict(releases.CURRENT)
        self.limits = {}

    def start(self):
        config = render_all(self.places)
        self.supervisor.start(database.prepare(self.places))
        database.fill(self.places, config / "schema.sql")
        self.supervisor.start(parts.redis(self.places))
        self.limits = {name: MemoryLimit(name, limit) for name, limit in MEMORY_LIMITS.items()}
        self.access_log = AccessLog(self.places, self.limits)
        self.receiver = Receiver(self.places, self.access_log)
        self.receiver.start()
        KernelMessages(self.journal, self.limits).follow()
        for service in SERVICES:
            self.supervisor.start(self._program(service))
        self.supervisor.start(parts.gateway(self.places, config))
        self.access_log.follow()
        for program in (*parts.exporters(self.places, config), *parts.monitoring(self.places, config)):
            self.supervisor.start(program)
        self.supervisor.start(parts.users(self.places, SESSIONS_PER_SECOND))

    def stop(self):
        self.supervisor.stop_all()
        database.release(self.places)
        for limit in self.limits.values():
            limit.remove()

    # What operators do. Each step is written to the journal with the name of who did it, and then really done.

    def deploy(self, actor, service, version, why):
        self._release("deploy", actor, service, version, why)

    def roll_back(self, actor, service, version, why):
        self._release("rollback", actor, service, version, why)

    def change_setting(self, actor, service, name, before, value, why):
        command = f"config set {service} {name}={value}"
        self._act("config_change", actor, service, "config_change", command, why, setting=name, before=before, after=value)
        file = self.places.settings_file(service)
        values = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(values | {name: value}))

    def run_command(self, actor, service, command, why, work):
        """work() does what the command line says."""
        self._act("command", actor, service, "command", command, why)
        return work()

    def query(self, statement):
        return database.psql(self.places, statement)

    def note(self, name, text):
        """Keeps what a command printed beside the outputs of the parts."""
        with self.places.output(name).open("a", encoding="utf-8") as out:
            out.write(text + "\n")

    def _release(self, type, actor, service, version, why):
        before = self.versions[service]
        self._act(type, actor, service, type, f"{type} {service} {version}", why, version=version, previous_version=before)
        self.versions[service] = version
        self.supervisor.replace(self._program(service))

    def _act(self, type, actor, service, key, command, why, **facts):
        title = self.sentences[key].format(service=service, command=command, why=why, **facts)
        self.journal.user_action(type, service, title, actor, {"command": command, "why": why, **facts})

    def _program(self, service):
        return releases.program(self.places, service, self.versions[service], self.limits.get(service))

