#!/usr/bin/env python3
"""Joins the regions of a laboratory: takes each packet that leaves a region, and puts it into the region that
it is for, late, or never, as the file of links says.

    forwarder.py DEVICE FOLDER NETNS=NUMBER ...

It attaches to the device of that name in each network namespace and in the one it is started in (number 0, the
operator's place: no delay, no loss). The number is the third octet of a region's addresses.

FOLDER/links is read again whenever it was replaced. A line is a direction:

    # from    to       delay (ms)  loss (%)
    us-east   eu-west  45          0

A loss of 100 is a cut. FOLDER/forwarder.txt has counts, once a second; that it exists says that packets flow.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
LARGEST_PACKET = 65536
AT_ONCE = 64
LINKS_LOOKED_AT = 0.02
COUNTED = 1.0

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "cannot enter a network namespace")


# The device stays attached when we are back where we came from.
def attach(device, name, home):
    if name:
        namespace = os.open("/run/netns/" + name, os.O_RDONLY)
        enter(namespace)
        os.close(namespace)
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
    enter(home)
    return tun


class Links:
    """What the file says, by the numbers of both ends: seconds, and a share of 1."""

    def __init__(self, path, numbers):
        self.path, self.numbers, self.mark, self.looked = path, numbers, None, 0.0
        self.ways = {}

    def of(self, ends):
        return self.ways.get(ends, (0.0, 0.0))

    def look(self, now):
        if now - self.looked < LINKS_LOOKED_AT:
            return
        self.looked = now
        status = os.stat(self.path)
        mark = (status.st_ino, status.st_mtime_ns)
        if mark != self.mark:
            self.mark = mark
            self.read()

    # A line that makes no sense must not stop the packets of the others.
    def read(self):
        ways = {}
        with open(self.path) as lines:
            for line in lines:
                try:
                    self.add(line.split("#")[0].split(), ways)
                except (ValueError, KeyError):
                    print(f"links: not understood: {line.strip()}", flush=True)
        self.ways = ways

    def add(self, words, ways):
        if words:
            origin, aim, delay, loss = words
            ways[self.numbers[origin], self.numbers[aim]] = (float(delay) / 1000, float(loss) / 100)


class Forwarder:
    def __init__(self, tuns, links, counts_path):
        self.tuns, self.links, self.counts_path = tuns, links, counts_path
        self.number_of = {tun: number for number, tun in tuns.items()}
        self.waiting, self.order = [], 0
        self.forwarded = self.lost = 0
        self.latest, self.counted = 0.0, 0.0

    def run(self):
        while True:
            ready, _, _ = select.select(self.number_of, [], [], self.patience())
            now = time.monotonic()
            self.links.look(now)
            for tun in ready:
                self.take(tun, now)
            self.deliver()
            self.count(now)

    def patience(self):
        due = self.waiting[0][0] - time.monotonic() if self.waiting else LINKS_LOOKED_AT
        return min(max(due, 0), LINKS_LOOKED_AT)

    def take(self, tun, now):
        for _ in range(AT_ONCE):
            try:
                packet = os.read(tun, LARGEST_PACKET)
            except BlockingIOError:
                return
            if packet[0] >> 4 == 4:
                self.send(self.number_of[tun], packet[18], packet, now)

    def send(self, origin, aim, packet, now):
        delay, loss = self.links.of((origin, aim))
        if aim not in self.tuns or (loss and random.random() < loss):
            self.lost += 1
            return
        self.order += 1
        heapq.heappush(self.waiting, (now + delay, self.order, aim, packet))

    def deliver(self):
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            due, _, aim, packet = heapq.heappop(self.waiting)
            self.latest = max(self.latest, time.monotonic() - due)
            try:
                os.write(self.tuns[aim], packet)
                self.forwarded += 1
            except OSError:
                self.lost += 1

    def count(self, now):
        if now - self.counted < COUNTED:
            return
        with open(self.counts_path + ".new", "w") as file:
            file.write(f"forwarded {self.forwarded}\nlost {self.lost}\n")
            file.write(f"latest_of_last_second_ms {self.latest * 1000:.1f}\n")
        os.replace(self.counts_path + ".new", self.counts_path)
        self.counted, self.latest = now, 0.0


def main(device, folder, places):
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    tuns, numbers = {0: attach(device, None, home)}, {}
    for place in places:
        namespace, number = place.rsplit("=", 1)
        tuns[int(number)] = attach(device, namespace, home)
        numbers[namespace.removeprefix(device + "-")] = int(number)
    links = Links(os.path.join(folder, "links"), numbers)
    Forwarder(tuns, links, os.path.join(folder, "forwarder.txt")).run()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
