"""Processes of this machine, as the tests that kill them see them."""

import os
import pickle
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


def arguments(pid):
    """The command line of a process, as a list; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/cmdline") as line:
            return line.read().split("\0")
    except OSError:
        return []


def command(pid):
    """The program of a process; empty when it is gone."""
    return next(iter(arguments(pid)), "")


def as_user(number, work):
    """Do something as another user of this machine, in a process of its own; its value, or its PermissionError."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(number, number, number)
            os.setresuid(number, number, number)
            answer = (True, work())
        except PermissionError as refused:
            answer = (False, refused)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        done, value = pickle.load(pipe)  # written by our own child
    os.waitpid(child, 0)
    if not done:
        raise value
    return value
