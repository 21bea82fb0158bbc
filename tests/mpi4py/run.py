"""Runs mpi4py's own test suite under an mpiexec and checks every rank's result.

    run.py --mpiexec BIN/mpiexec --python VENV/bin/python --suite MPI4PY/test [-n 1,2,3,5] [MODULE...]

MODULE is a module of the suite (test_pack), a class (test_pack.TestPackExternal) or one test; without any, the
list in modules.txt runs, each module as a job of its own. A test counts as failed if it fails on any rank, is
skipped without being listed in allowed-skips.txt, or is not finished when the job ends. A job that outlives
its limit is killed, and the report says in which test each rank was.
"""

import argparse
import fnmatch
import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def lines_of(path):
    """The lines of a list file, without blank lines and comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


class AllowedSkips:
    """What may be skipped: lines `PATTERN [RANKS]: REASON`, RANKS being the job sizes it holds for."""

    def __init__(self, path):
        self.rules = []
        for line in lines_of(path):
            left, separator, reason = line.partition(":")
            if not separator or not reason.strip():
                sys.exit(f"{path.name}: a skip needs a reason: {line}")
            pattern, *sizes = left.split()
            sizes = {int(size) for size in sizes[0].split(",")} if sizes else None
            self.rules.append((pattern, sizes))

    def allow(self, test, size):
        return any(
            fnmatch.fnmatchcase(test, pattern) and (sizes is None or size in sizes)
            for pattern, sizes in self.rules
        )


def run_job(command, limit, environment):
    """Runs a command in its own process group; returns (exit code or None past the limit, output)."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True, env=environment,
        )
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        output.seek(0)
        return code, output.read().decode(errors="replace")


class Job:
    """The outcome of one module (or class, or test) at one job size."""

    def __init__(self, module, size):
        self.module, self.size = module, size
        self.passed, self.skipped, self.complaints = set(), {}, []

    def read(self, records, code, allowed):
        for rank in range(self.size):
            path = pathlib.Path(records) / f"rank-{rank}.jsonl"
            if not path.exists():
                self.complaints.append(f"rank {rank} wrote no result (exit code of the job: {code})")
                continue
            self.read_rank(rank, path, code, allowed)
        if code is None:
            self.complaints.append("the job outlived its limit and was killed")
        elif code != 0 and not self.complaints:
            self.complaints.append(f"every rank finished its tests, but the job's exit code is {code}")
        self.passed -= set(self.skipped)

    def read_rank(self, rank, path, code, allowed):
        running, ended = None, False
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            kind, test, detail = event["event"], event["test"], event["detail"]
            if kind == "start":
                running = test
            elif kind == "end":
                ended = True
            elif kind == "passed":
                self.passed.add(test)
            elif kind == "skipped":
                self.skipped[test] = detail
                if not allowed.allow(test, self.size):
                    self.complaints.append(f"rank {rank}: {test} was skipped: {detail}")
            elif kind == "failed":
                self.complaints.append(f"rank {rank}: {test} failed\n{detail.rstrip()}")
            if kind in ("passed", "skipped", "failed"):
                running = None
        if not ended:
            where = f"in {running}" if running else "between tests"
            self.complaints.append(f"rank {rank} did not reach the end: it was {where} (exit code {code})")


def run_module(options, module, size, allowed):
    job = Job(module, size)
    with tempfile.TemporaryDirectory(prefix="passel-mpi4py-") as records:
        command = [*shlex.split(options.mpiexec), "-n", str(size), options.python, str(HERE / "rank.py"),
                   options.suite, records, *module.split(",")]
        environment = dict(os.environ)
        # Processes that a test starts import its module.
        folders = [options.suite, *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(folders)
        for setting in options.env:
            name, _, value = setting.partition("=")
            environment[name] = value
        began = time.monotonic()
        code, output = run_job(command, options.limit, environment)
        job.seconds = time.monotonic() - began
        job.read(records, code, allowed)
    if job.complaints and output.strip():
        kept = output.strip().splitlines()[-options.tail:]
        job.complaints.append("output of the job:\n" + "\n".join(kept))
    return job


def report(job, options):
    verdict = "FAILED" if job.complaints else "ok"
    counts = f"{len(job.passed)} passed, {len(job.skipped)} skipped"
    print(f"{job.module} -n {job.size}: {verdict} ({counts}, {job.seconds:.1f} s)", flush=True)
    if options.show_skips:
        for test, reason in sorted(job.skipped.items()):
            print(f"    skipped {test} [{job.size}]: {reason}")
    if len(job.complaints) > options.complaints:
        rest = len(job.complaints) - options.complaints
        job.complaints[options.complaints:-1] = [f"... {rest} more (raise --complaints to see them)"]
    for complaint in job.complaints:
        print("    " + complaint.replace("\n", "\n    "), flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mpiexec", required=True, help="the launcher, with options of its own if need be")
    parser.add_argument("--python", required=True, help="a Python with mpi4py whose libmpi is under test")
    parser.add_argument("--suite", required=True, help="the folder `test` of mpi4py's source distribution")
    parser.add_argument("-n", dest="sizes", default="1,2,3,5", help="job sizes (default: %(default)s)")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one job (default: %(default)s)")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="for the job")
    parser.add_argument("--tail", type=int, default=40, help="lines of output shown of a failed job")
    parser.add_argument("--complaints", type=int, default=12, help="complaints shown of a failed job")
    parser.add_argument("--show-skips", action="store_true", help="list the skipped tests with their reasons")
    parser.add_argument("--together", action="store_true", help="one job for all modules")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    return parser.parse_args()


def main():
    options = parse_arguments()
    allowed = AllowedSkips(HERE / "allowed-skips.txt")
    modules = options.modules or lines_of(HERE / "modules.txt")
    if options.together:
        modules = [",".join(modules)]
    jobs = []
    for module in modules:
        for size in map(int, options.sizes.split(",")):
            jobs.append(run_module(options, module, size, allowed))
            report(jobs[-1], options)
    failed = sum(bool(job.complaints) for job in jobs)
    tests = sum(len(job.passed) for job in jobs)
    skips = sum(len(job.skipped) for job in jobs)
    print(f"{tests} tests passed and {skips} were skipped; jobs: {len(jobs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
