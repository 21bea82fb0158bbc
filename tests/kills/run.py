"""Kills processes of a job with SIGKILL at random moments and looks what becomes of the others.

Every round starts `busy` (tests/c/launcher/busy.c) under mpiexec, which takes locks of windows, writes a file
together, starts processes or is connected with a second job; after some random time one process is killed. A rank's
death must end the job within a second, with a code that is not 0 and a report that names rank, process, host and
signal, and a job that it is connected with, too; mpiexec's own must be survived by nobody for 2 seconds. Nothing may
be left: no process, and no file in /tmp and /dev/shm, of which the rounds get empty ones of their own where the
system permits.

The last line is `N rounds, M bad`, and the exit code says whether any was bad.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

MARK = "PASSEL_TEST_KILLS"
# What is promised, and what a busy machine may take longer.
JOB_ENDS_WITHIN = 1.0
GONE_WITHIN = 2.0
PRIVATE = "PASSEL_TEST_KILLS_PRIVATE"
WATCHED = ["/tmp", "/dev/shm", "/run/user", "/var/tmp"]


def have_folders_to_ourselves():
    """Starts this program anew with empty folders for temporary files, if possible."""
    if PRIVATE in os.environ:
        return os.environ[PRIVATE] == "yes"
    needed = [__file__, sys.executable, *sys.argv[1:]]
    if any(os.path.realpath(path).startswith("/tmp/") for path in needed):
        # An empty /tmp would hide what is tested.
        os.environ[PRIVATE] = "no"
        return False
    mounts = "mount -t tmpfs none /tmp && mount -t tmpfs none /dev/shm"
    unshare = ["unshare", "--mount", "--map-root-user"] if os.geteuid() else ["unshare", "--mount"]
    attempt = subprocess.run([*unshare, "sh", "-c", mounts], capture_output=True, check=False)
    os.environ[PRIVATE] = "yes" if attempt.returncode == 0 else "no"
    if attempt.returncode == 0:
        again = f'{mounts} && exec "$0" "$@"'
        os.execvp(unshare[0], [*unshare, "sh", "-c", again, sys.executable, *sys.argv])
    return False


def files():
    found = set()
    own = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
    for folder in WATCHED:
        for path, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if os.path.join(path, name) != own]
            found.update(os.path.join(path, name) for name in [*folders, *names])
    return found


def read_text(path):
    with open(path, errors="replace") as file:
        return file.read()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def processes(mark):
    """Those that run with this mark in their environment, and their programs."""
    found = {}
    wanted = f"{MARK}={mark}".encode()
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            if wanted in read(f"/proc/{entry}/environ").split(b"\0"):
                found[int(entry)] = os.readlink(f"/proc/{entry}/exe")
        except OSError:
            # It has ended, or is about to.
            continue
    return found


def children(pid):
    return [int(child) for child in read(f"/proc/{pid}/task/{pid}/children").split()]


def is_there(pid):
    """Stops a process; false if it has come to its own end before."""
    os.kill(pid, signal.SIGSTOP)
    while True:
        state = read(f"/proc/{pid}/stat").rsplit(b")", 1)[1].split()[0]
        if state in b"TtZXx":
            return state in b"Tt"


class Round:
    def __init__(self, options, number):
        self.options = options
        self.random = random.Random(f"{options.seed}-{number}")
        self.what = options.what or self.random.choice(["lock", "file", "spawn", "meet"])
        self.whom = options.whom or self.random.choice(["rank", "rank", "rank", "mpiexec"])
        self.ranks = self.random.randint(2, 4)
        self.sides = ["serve", "call"] if self.what == "meet" else [self.what]
        self.random.shuffle(self.sides)
        self.mark = f"{os.getpid()}-{number}"
        self.complaints = []

    def is_mpiexec(self):
        return self.whom in ("mpiexec", "starter")

    def complain(self, text):
        self.complaints.append(text)

    def ranks_of(self, job):
        """Of the first world and of later ones; they have become the program."""
        program = os.path.realpath(self.options.program)
        running = processes(self.mark)
        try:
            below = [child for guardian in children(job.pid) for child in children(guardian)]
        except OSError:
            return []
        return [pid for pid in below if running.get(pid) == program]

    def victim(self, job):
        """Waits for a random moment after the ranks have come into being; who is to be killed then."""
        if self.whom == "starter":
            time.sleep(self.random.random() * 0.02)
            return job.pid
        deadline = time.monotonic() + 20
        while len(self.ranks_of(job)) < self.ranks:
            if time.monotonic() > deadline or job.poll() is not None:
                return None
            time.sleep(0.001)
        while self.what == "meet" and not all("connected" in read_text(out) for out in self.outs):
            if time.monotonic() > deadline:
                return None
            time.sleep(0.001)
        time.sleep(self.random.random() ** 2 * self.options.latest)
        if self.whom == "mpiexec":
            return job.pid
        if self.whom == "guardian":
            return children(job.pid)[0]
        return self.random.choice(self.ranks_of(job) or [None])

    def run(self):
        before = files()
        folder = tempfile.mkdtemp(prefix="kills-")
        environment = {**os.environ, MARK: self.mark, "TMPDIR": folder}
        jobs = []
        self.outs = []
        errs = []
        for number, side in enumerate(self.sides):
            ranks = str(self.ranks if number == 0 else self.random.randint(1, 3))
            command = [self.options.mpiexec, "-n", ranks, self.options.program, side]
            command += [os.path.join(folder, "file"), str(self.options.latest + 2)]
            self.outs.append(os.path.join(folder, f"out{number}"))
            errs.append(os.path.join(folder, f"err{number}"))
            with open(self.outs[-1], "w") as out, open(errs[-1], "w") as err:
                streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": err}
                jobs.append(subprocess.Popen(command, env=environment, **streams))
        self.kill(*jobs)
        self.stderr = read_text(errs[0])
        self.heard = "".join(read_text(path) for path in [*errs, *self.outs])
        for name in os.listdir(folder):
            if name.rstrip("01") not in ("file", "out", "err"):
                self.complain(f"{name} is left in TMPDIR")
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
        left = {path for path in files() - before if self.options.private or "passel" in path}
        if left:
            self.complain(f"left: {sorted(left)}")

    def kill(self, job, other=None):
        pid = self.victim(job)
        # Only processes that were started later come to an end, and others then come in their place.
        while pid and self.what == "spawn" and self.whom == "rank":
            try:
                if is_there(pid):
                    break
            except OSError:
                pass
            pid = self.victim(job)
        if pid:
            os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        if pid is None:
            self.complain("nobody was there to be killed")
            job.kill()
        try:
            code = job.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.complain("the job goes on")
            job.kill()
            code = job.wait()
        self.took = time.monotonic() - killed
        self.code = code
        if other:
            self.judge_other(other, killed)
        self.judge_survivors(killed)
        self.pid = pid

    def judge_other(self, other, killed):
        """A job that was connected with the one of which a process was killed."""
        try:
            if other.wait(timeout=20) == 0:
                self.complain("the other job ended as if all were well")
        except subprocess.TimeoutExpired:
            self.complain("the other job goes on")
            other.kill()
            other.wait()
        self.took = time.monotonic() - killed
        # One job has to end before the other does.
        if self.took > 2 * JOB_ENDS_WITHIN + self.options.slack:
            self.complain(f"the other job took {self.took:.2f} s")
        self.took = min(self.took, JOB_ENDS_WITHIN)

    def judge_survivors(self, killed):
        limit = GONE_WITHIN if self.is_mpiexec() else self.took
        left = processes(self.mark)
        while left and time.monotonic() < killed + limit + self.options.slack:
            time.sleep(0.005)
            left = processes(self.mark)
        if self.is_mpiexec():
            self.took = time.monotonic() - killed
        for pid, program in left.items():
            self.complain(f"process {pid} ({program}) is left")
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def judge(self):
        if self.is_mpiexec():
            return
        if self.code == 0:
            self.complain("exit code 0")
        # A world that has parted ends alone.
        has_parted = "goes on" in self.stderr or "after MPI_Finalize" in self.stderr
        if self.took > JOB_ENDS_WITHIN + self.options.slack and not (self.what == "spawn" and has_parted):
            self.complain(f"it took {self.took:.2f} s")
        host = os.uname().nodename
        words = [f"pid {self.pid}", "SIGKILL"]
        if self.whom == "rank":
            words += ["rank ", f" on {host}"]
        for word in words:
            if word not in self.stderr:
                self.complain(f'nothing was said of "{word}"')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mpiexec", required=True)
    parser.add_argument("--program", required=True, help="busy, built")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--what", help="lock, file, spawn, meet or stubborn; at random if not given")
    parser.add_argument("--whom", help="rank, mpiexec, guardian or starter (mpiexec while it starts the job)")
    parser.add_argument("--latest", type=float, default=0.6, help="seconds after which it is killed at the latest")
    parser.add_argument("--slack", type=float, default=0.0, help="seconds beyond what is promised")
    options = parser.parse_args()
    options.private = have_folders_to_ourselves()
    bad = 0
    longest = {}
    for number in range(options.rounds):
        one = Round(options, number)
        one.run()
        one.judge()
        key = f"{one.what}/{one.whom}"
        longest[key] = max(longest.get(key, 0), one.took)
        if one.complaints:
            bad += 1
            print(f"round {number}: {one.what}, {one.ranks} ranks, {one.whom} killed, seed {options.seed}")
            print("  " + "\n  ".join(one.complaints))
            print("  it said: " + one.heard.replace("\n", "\n    "), flush=True)
    for key, took in sorted(longest.items()):
        print(f"{key}: {took:.3f} s at most")
    print(f"{options.rounds} rounds, {bad} bad")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
