"""One rank of mpi4py's own test suite: runs modules and writes down what each test did.

Started by run.py under mpiexec as `rank.py SUITE RECORDS MODULE...`. Every event goes at once, as a line of
JSON, to a file in RECORDS that carries this rank's number, so that a rank which dies or hangs has still said
in which test.
"""

import json
import os
import sys
import traceback
import unittest


class Recorder(unittest.TestResult):
    """A test result that writes each test's start and outcome to a file."""

    def __init__(self, record):
        super().__init__()
        self.record = record

    def note(self, event, test, detail=""):
        line = {"event": event, "test": test.id(), "detail": detail}
        self.record.write(json.dumps(line) + "\n")
        self.record.flush()

    def explain(self, error):
        return "".join(traceback.format_exception(*error))

    def startTest(self, test):
        super().startTest(test)
        self.note("start", test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.note("passed", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note("failed", test, self.explain(err))

    def addError(self, test, err):
        super().addError(test, err)
        self.note("failed", test, self.explain(err))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note("skipped", test, reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note("failed", test, self.explain(err))

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.note("passed", test)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.note("failed", test, "the suite expects this test to fail, and it passed")


def main():
    suite, records, *modules = sys.argv[1:]
    sys.dont_write_bytecode = True
    sys.path.insert(0, suite)
    # The suite adapts itself to these packages where they are there; the results must not depend on it.
    for package in ("cupy", "numba"):
        sys.modules[package] = None
    from mpi4py import MPI

    rank = MPI.COMM_WORLD.Get_rank()
    with open(os.path.join(records, f"rank-{rank}.jsonl"), "w", encoding="utf-8") as record:
        recorder = Recorder(record)
        for name in modules:
            unittest.defaultTestLoader.loadTestsFromName(name).run(recorder)
        record.write(json.dumps({"event": "end", "test": "", "detail": ""}) + "\n")
    sys.exit(not recorder.wasSuccessful())


if __name__ == "__main__":
    main()
