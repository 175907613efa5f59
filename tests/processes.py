"""Processes of this machine, as the tests that kill them see them."""

import subprocess


def descendants(pid):
    """All children of a process, theirs included."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parents = dict(zip(map(int, table[::2]), map(int, table[1::2]), strict=True))
    found, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return found - {pid}


def alive(pid):
    """Whether a process runs; a zombie does not."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command(pid):
    """The program of a process; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/cmdline") as line:
            return line.read().partition("\0")[0]
    except OSError:
        return ""
