# SPDX-License-Identifier: GPL-3.0-or-later
"""A bad network between a desk and the bank (sync.md 4.3, T7): a relay that does to each connection what its random numbers
say. TLS is inside, so the relay sees sizes and times only, as a real network does."""
import collections
import contextlib
import random
import socket
import struct
import threading
import time

import gxt


class Chaos(gxt.Wire):
    """@calm is the share of connections to which nothing happens; `met` counts what happened to the others. Every second fault is
    one that was met least so far, so that a short run meets all of them."""

    FAULTS = ("refuse", "drop", "stall", "reset", "half_close", "duplicate", "garble", "trickle")

    def __init__(self, bank, seed, calm=0.4):
        self.random = random.Random(seed)
        self.calm = calm
        self.met = collections.Counter()
        super().__init__(bank)

    def _accept(self):
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            with self.lock:
                fault = "none" if not self.up or self.random.random() < self.calm else self._choose()
                plan = Plan(fault, self.random)
            try:
                if not self.up:
                    raise OSError("the wire is down")
                if fault == "refuse":
                    self.met[fault] += 1
                    raise OSError("refused")
                far = socket.create_connection(("127.0.0.1", self.bank.port))
            except OSError:
                reset(near)
                continue
            for way, source, target in (("to", near, far), ("from", far, near)):
                threading.Thread(target=self._carry, args=(plan, way, source, target), daemon=True).start()

    def _choose(self):
        least = min(self.met[fault] for fault in self.FAULTS)
        rare = self.random.random() < 0.5
        return self.random.choice([fault for fault in self.FAULTS if not rare or self.met[fault] == least])

    def _carry(self, plan, way, source, target):
        left = plan.after if way == plan.way else None
        with contextlib.suppress(OSError):
            while data := source.recv(2048):
                if left is not None:
                    left -= len(data)
                    if left <= 0:
                        self.met[plan.fault] += 1
                        left = None
                        if not getattr(plan, plan.fault)(source, target, data):
                            return
                        continue
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Plan:
    """What happens to one connection: after so many bytes one way. A method says whether the connection goes on."""

    def __init__(self, fault, rand):
        self.fault = fault
        self.way = None if fault == "none" else rand.choice(("to", "from"))
        self.after = rand.choice((1, rand.randrange(2000), rand.randrange(20000)))
        self.seconds = rand.random() * 1.5

    def drop(self, source, target, data):
        """The piece is gone, and nobody says so: then silence, then the end."""
        time.sleep(self.seconds)
        return self.reset(source, target, data)

    def stall(self, source, target, data):
        time.sleep(self.seconds)
        target.sendall(data)
        return True

    def reset(self, source, target, data):
        reset(source)
        reset(target)
        return False

    def half_close(self, source, target, data):
        """One way ends in good order; the other is still open."""
        target.sendall(data[:len(data) // 2])
        target.shutdown(socket.SHUT_WR)
        time.sleep(self.seconds)
        return False

    def duplicate(self, source, target, data):
        target.sendall(data + data)
        return True

    def garble(self, source, target, data):
        at = len(data) // 2
        target.sendall(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:])
        return True

    def trickle(self, source, target, data):
        """A byte a second, for a few of them."""
        slow = data[:1 + int(self.seconds * 1.5)]
        for byte in slow:
            target.sendall(bytes([byte]))
            time.sleep(1)
        target.sendall(data[len(slow):])
        return True


def reset(end):
    """Ends a connection by RST."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()
