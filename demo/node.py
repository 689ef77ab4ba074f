#!/usr/bin/env python3
"""The node of the demo: a very small machine with a real service on it.

    node.py machine --state DIR --port P --control C    the machine: boots the service, offers power control
    node.py service --state DIR --port P                the service that the machine boots

The service answers GET /healthz (200, or 503 with a bad release) and GET /metrics (its own CPU load from /proc, in
percent, and its share of failed requests).
The machine's control, on a port of its own as a management controller has it, answers GET /status and takes POST
/reboot, /pin (the service burns CPU), /freeze (it stops answering, as a machine that hangs does), /release?name=NAME.
The machine ends, and its service with it, when its standard input does: nothing is left when the demo is killed.
Only Python's standard library is used.
"""

import argparse
import ctypes
import http.server
import json
import os
import pathlib
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

GOOD, BAD = "2026.11", "2026.12-broken"


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body):
        data = (json.dumps(body) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


# ---------------------------------------------------------------- the service


BURNING = []  # processes of this service that do nothing but use CPU


def busy_seconds():
    """How long each process of this service ran or waited for a CPU, so that a busy neighbour changes nothing."""
    busy = {}
    for pid in [os.getpid(), *BURNING]:
        ran, waited, _ = pathlib.Path(f"/proc/{pid}/schedstat").read_text().split()
        busy[pid] = (int(ran) + int(waited)) / 1e9
    return busy


class Service:
    def __init__(self, release):
        self.release = release
        self.seen = (time.monotonic(), busy_seconds())
        self.requests = self.failed = 0

    def health(self):
        self.requests += 1
        if self.release == BAD:
            self.failed += 1
            return 503, {"status": "failing", "release": self.release, "pid": os.getpid()}
        return 200, {"status": "ok", "release": self.release, "pid": os.getpid()}

    def metrics(self):
        now, busy = time.monotonic(), busy_seconds()
        then, before = self.seen
        self.seen = (now, busy)
        load = 100.0 * max(busy[pid] - before.get(pid, busy[pid]) for pid in busy) / max(now - then, 1e-3)
        ratio = self.failed / self.requests if self.requests else 0.0
        self.requests = self.failed = 0
        return 200, {"cpu_load": round(min(load, 100.0), 1), "error_ratio": round(ratio, 3)}


def burn(*_):
    pid = os.fork()
    if pid == 0:
        die_with_parent()
        while True:
            sum(i * i for i in range(10_000))
    BURNING.append(pid)


def serve(state, port):
    release = (state / "release").read_text().strip()
    service = Service(release)

    class Handler(Answers):
        def do_GET(self):
            if self.path == "/healthz":
                self.answer(*service.health())
            elif self.path == "/metrics":
                self.answer(*service.metrics())
            else:
                self.answer(404, {"error": "not here"})

    signal.signal(signal.SIGUSR1, burn)
    Server(("127.0.0.1", port), Handler).serve_forever()


# ---------------------------------------------------------------- the machine


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Machine:
    """Started and stopped by the main thread alone: die_with_parent() means the thread that started a process."""

    def __init__(self, state, port):
        self.state, self.port = state, port
        self.process = None
        self.boots = 0
        self.install(GOOD)

    def install(self, release):
        (self.state / "release").write_text(release + "\n")

    def boot(self):
        self.power_off()
        self.process = subprocess.Popen(
            [sys.executable, __file__, "service", "--state", str(self.state), "--port", str(self.port)],
            preexec_fn=die_with_parent, start_new_session=True, stdin=subprocess.DEVNULL)
        self.boots += 1
        (self.state / "service.pid").write_text(f"{self.process.pid}\n")

    def signal(self, number):
        os.killpg(self.process.pid, number)

    def power_off(self):
        if self.process:
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
            (self.state / "service.pid").unlink(missing_ok=True)

    def do(self, path):
        asked = urllib.parse.urlsplit(path)
        if asked.path == "/reboot":
            self.boot()
        elif asked.path == "/pin":
            self.process.send_signal(signal.SIGUSR1)
        elif asked.path == "/freeze":
            self.signal(signal.SIGSTOP)
        elif asked.path == "/release":
            self.install(urllib.parse.parse_qs(asked.query)["name"][0])
            self.boot()
        elif asked.path != "/status":
            return 404, {"error": "not here"}
        return 200, {"pid": self.process.pid, "boots": self.boots,
                     "release": (self.state / "release").read_text().strip()}


def run_machine(state, port, control):
    state.mkdir(parents=True, exist_ok=True)
    machine = Machine(state, port)
    asked = queue.Queue()

    class Handler(Answers):
        def do_GET(self):
            reply = queue.Queue()
            asked.put((self.path if self.command == "POST" else "/status", reply))
            self.answer(*reply.get())

        do_POST = do_GET

    def until_starter_is_gone():
        sys.stdin.buffer.read()
        asked.put(None)

    server = Server(("127.0.0.1", control), Handler)
    machine.boot()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=until_starter_is_gone, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: asked.put(None))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the starter, which then goes
    while request := asked.get():
        path, reply = request
        reply.put(machine.do(path))
    machine.power_off()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("role", choices=["machine", "service"])
    parser.add_argument("--state", type=pathlib.Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--control", type=int)
    arguments = parser.parse_args()
    if arguments.role == "service":
        serve(arguments.state, arguments.port)
    else:
        run_machine(arguments.state, arguments.port, arguments.control)


if __name__ == "__main__":
    main()
