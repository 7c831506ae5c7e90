#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many desks that listen: what a stream costs the server, that a change reaches all of them, and that the server is
as it was when they have gone. GUANXI_STREAMS says how many (100)."""
import base64
import os
import pathlib
import re
import resource
import selectors
import socket
import ssl
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

STREAMS = int(os.environ.get("GUANXI_STREAMS", "100"))
MOST_KIB = 64               # that a stream may cost: TLS, two buffers of the kernel's own not counted


def rss(process):
    return int(re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1])


def until_end_of_head(stream):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = stream.recv(1)
        if not byte:
            raise RuntimeError(f"the stream ended in its handshake: {head!r}")
        head += byte
    return head


def listen(caller, context):
    plain = socket.create_connection(("127.0.0.1", caller.bank.port))
    stream = context.wrap_socket(plain, server_hostname="127.0.0.1")
    stream.sendall("\r\n".join(["GET /v1/sync/stream HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(),
                                f"X-Client: {caller.client_id}", f"X-Schema: {gxt.SCHEMA}", f"Authorization: Bearer {caller.token}",
                                "", ""]).encode())
    head = until_end_of_head(stream)
    if not head.startswith(b"HTTP/1.1 101"):
        raise RuntimeError(repr(head))
    return stream


class Ears:
    """What each of many streams was told last."""

    def __init__(self, streams):
        self.heads = {stream: 0 for stream in streams}
        self.rest = {stream: b"" for stream in streams}
        self.ended = set()
        self.selector = selectors.DefaultSelector()
        for stream in streams:
            stream.setblocking(False)
            self.selector.register(stream, selectors.EVENT_READ)

    def take(self, stream):
        while True:
            try:
                data = stream.recv(4096)
            except (ssl.SSLWantReadError, BlockingIOError):
                break
            except OSError:
                data = b""
            if not data:
                self.ended.add(stream)
                self.selector.unregister(stream)
                break
            self.rest[stream] += data
        text = self.rest[stream]
        while len(text) >= 2 and len(text) >= 2 + text[1]:
            if text[0] == 0x81:
                self.heads[stream] = gxt.json.loads(text[2:2 + text[1]])["head"]
            text = text[2 + text[1]:]
        self.rest[stream] = text

    def hear(self):
        for key, _ in self.selector.select(0.2):
            self.take(key.fileobj)

    def all_heard(self, head):
        self.hear()
        return min(self.heads.values()) >= head

    def all_ended(self):
        self.hear()
        return len(self.ended) == len(self.heads)


def main(tap, work, stack):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, STREAMS + 200)), hard))
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 50)
    # They come as fast as one process opens them, all of one session and one address: no machine of a bank does.
    bank.start("--max-connections-per-ip", str(STREAMS + 50), "--rate-session", "off", "--rate-login", "off", "--rate-address", "off")
    caller, writer = gxt.Caller(bank).sign_in("rm1"), gxt.Caller(bank).sign_in("rm1")
    mine = caller.list("customer")[0]["id"]

    tap.step(f"{STREAMS} streams")
    context = ssl.create_default_context(cafile=bank.ca)
    warm = listen(caller, context)
    before = rss(bank.process)
    streams = [listen(caller, context) for _ in range(STREAMS)]
    for stream in streams:
        stack.callback(stream.close)
    grown = rss(bank.process) - before
    tap.note(f"{STREAMS} streams cost the server {grown} KiB of memory, {grown / STREAMS:.1f} each; it had {before} before")
    if "libasan" not in pathlib.Path(f"/proc/{bank.process.pid}/maps").read_text():     # which keeps what is freed
        tap.check(grown < MOST_KIB * STREAMS, f"a stream costs less than {MOST_KIB} KiB", f"{grown / STREAMS:.1f}")

    tap.step("A change")
    ears = Ears(streams + [warm])
    done = writer.result({"op": "create", "tbl": "task", "id": gxt.new_id(),
                          "set": {"title": "Listen", "kind": "CALL", "due_at": 1767225600000, "status": "OPEN", "customer_id": mine,
                                  "assignee_id": writer.person}})
    tap.equal(done["st"], "applied", "somebody writes")
    gxt.until("all streams hear of it", lambda: ears.all_heard(done["seq"]))
    tap.check(True, "every stream is told how far the bank has come")

    tap.step("The end")
    caller.post("/v1/auth/sign-out")
    gxt.until("all streams end", ears.all_ended)
    tap.check(True, "signed out, the session has no stream any more")
    tap.equal(writer.get("/v1/auth/session").status, 200, "the other session goes on")
    tap.equal(bank.stop(), 0, "the server ends in good order")


gxt.run(main)
