"""Run by the tests in a network namespace of its own, where every address is this machine: writes down each packet.

    python island.py        prints "ready", then, for each line it reads, the packets so far as JSON [[proto, address, port, source port]]

Law of this module: nothing is filtered, so that what is not there was not sent.
"""

import json
import socket
import struct
import subprocess
import sys
import threading

ETH_P_ALL = 3
OUTGOING = 4
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}
ROUTES = (
    ("link", "set", "lo", "up"),
    ("route", "add", "local", "0.0.0.0/0", "dev", "lo"),
    ("-6", "route", "add", "local", "::/0", "dev", "lo"),
)


def read(packet: bytes) -> tuple[str, str, int, int]:
    """Protocol, address and port that an Ethernet frame is for, and the port it comes from."""
    kind = struct.unpack_from("!H", packet, 12)[0]
    body = packet[14:]
    if kind == 0x0800:
        protocol, address, body = body[9], socket.inet_ntop(socket.AF_INET, body[16:20]), body[(body[0] & 15) * 4 :]
    elif kind == 0x86DD:
        protocol, address, body = body[6], socket.inet_ntop(socket.AF_INET6, body[24:40]), body[40:]
    else:
        return hex(kind), "", 0, 0
    name = PROTOCOLS.get(protocol, str(protocol))
    source, port = struct.unpack_from("!HH", body) if name in ("tcp", "udp") else (0, 0)
    return name, address, port, source


def main() -> None:
    for route in ROUTES:
        subprocess.run(["ip", *route], check="-6" not in route)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    wire.bind(("lo", 0))
    seen = []

    def watch() -> None:
        while True:
            packet, about = wire.recvfrom(65535)
            if about[2] == OUTGOING:
                seen.append(read(packet))

    threading.Thread(target=watch, daemon=True).start()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
