"""The work that a power cut interrupts: hand in, collect, grade, again and again, each process killed at a random time.

    python cuts.py FOLDER TIMES SEED

Writes what was promised to FOLDER/promised.txt: "rendu LOGIN NUMBER" once the learner was told so, "note LOGIN NUMBER"
once the mark was given. Forked from one warm process, because importing takes longer than the work.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from assignments import GOOD, WEEK, answer

from codephenix.classroom import Classroom
from codephenix.console import batch

LEARNERS = ("amina", "bruno")
WORK_S = 8.0  # a quiet machine needs less
EMPTY = {name: source.partition("\n")[0] for name, source in GOOD.items()}


def answers(number):
    """Version ``number``: full marks or none, in turn."""
    return GOOD if number % 2 else EMPTY


def promise(folder, *words):
    with (folder / "promised.txt").open("a") as file:
        file.write(" ".join(map(str, words)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def work(folder, number):
    """One morning: everyone hands in version ``number``, then the trainer collects and grades."""
    classroom = Classroom(folder)
    for login in LEARNERS:
        home = classroom.home(login) / WEEK
        for name in ("carte", "ville"):
            answer(home, name, answers(number))
        (home / "version.txt").write_text(str(number))
    time.sleep(1.1)  # nbgrader's moments are whole seconds
    for login in LEARNERS:
        classroom.submit(login, WEEK)
        promise(folder, "rendu", login, number)
    classroom.collect(WEEK)
    batch._begin(str(folder))
    for login in LEARNERS:
        version = (folder / "submitted" / login / WEEK / "version.txt").read_text("utf-8")
        if not batch._grade(WEEK, login):
            promise(folder, "note", login, version)


def main(folder, times, seed):
    chance = random.Random(seed)
    for number in range(1, times + 1):
        child = os.fork()
        if child == 0:
            os.setsid()
            try:
                work(folder, number)
            finally:
                os._exit(0)
        end = time.monotonic() + chance.uniform(1.0, WORK_S)
        while time.monotonic() < end and os.waitpid(child, os.WNOHANG) == (0, 0):
            time.sleep(0.01)
        try:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
