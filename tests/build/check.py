"""Builds a program in the ways in which users do, and runs it on two ranks.

    check.py --prefix PREFIX --scratch DIR --cmake PROGRAM

For both ABIs: with mpicc and mpicxx, position independent and not, with what `mpicc -show` prints, with a
profiling tool linked in or preloaded, and by CMake's FindMPI. Also after the installation was moved.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def call(command, **more_environment):
    environment = {**os.environ, **more_environment}
    words = [str(word) for word in command]
    done = subprocess.run(words, text=True, capture_output=True, env=environment, timeout=120)
    if done.returncode != 0:
        said = done.stdout[-2000:] + done.stderr[-2000:]
        sys.exit(f"{shlex.join(words)} ended with {done.returncode}\n{said}")
    return done


def runs(prefix, program, **more_environment):
    done = call([prefix / "bin/mpiexec", "-n", "2", program], **more_environment)
    if "2 ranks agree" not in done.stdout:
        sys.exit(f"{program} printed {done.stdout!r}, {done.stderr!r}")
    return done


def wrappers(prefix, abi, scratch):
    bin, choice = prefix / "bin", f"--abi={abi}"
    strict = ["-Wall", "-Wextra", "-Werror"]
    ways = {
        "c": [bin / "mpicc", choice, *strict, HERE / "hello.c"],
        "no-pie": [bin / "mpicc", choice, "-no-pie", "-fno-pic", HERE / "hello.c"],
        "c++": [bin / "mpicxx", choice, *strict, "-x", "c++", HERE / "hello.c", "-x", "none"],
        "tool": [bin / "mpicc", choice, HERE / "hello.c", HERE / "tool.c"],
    }
    for way, command in ways.items():
        program = scratch / way
        call([*command, "-o", program])
        done = runs(prefix, program)
        if way == "tool" and done.stderr.count("tool: MPI_Allreduce of 1") != 2:
            sys.exit(f"the tool that is linked in was not called: {done.stderr!r}")
    # In two steps, with the command that the wrapper would run.
    call([bin / "mpicc", choice, "-c", HERE / "hello.c", "-o", scratch / "hello.o"])
    shown = call([bin / "mpicc", choice, "-show", scratch / "hello.o", "-o", scratch / "shown"])
    call(shlex.split(shown.stdout))
    runs(prefix, scratch / "shown")
    tool = scratch / "tool.so"
    call([bin / "mpicc", choice, "-shared", "-fPIC", HERE / "tool.c", "-o", tool])
    done = runs(prefix, scratch / "c", LD_PRELOAD=str(tool))
    if done.stderr.count("tool: MPI_Allreduce of 1") != 2:
        sys.exit(f"the preloaded tool was not called: {done.stderr!r}")
    return len(ways) + 2


def cmake(prefix, abi, scratch, program):
    build = scratch / "cmake"
    shutil.rmtree(build, ignore_errors=True)
    wrapper = {"C": "mpicc", "CXX": "mpicxx"}
    names = [f"-DMPI_{language}_COMPILER={prefix / 'bin' / name}" for language, name in wrapper.items()]
    call([program, "-S", HERE, "-B", build, *names, f"-DMPI_COMPILER_FLAGS=--abi={abi}"])
    call([program, "--build", build])
    for name in ("hello-c", "hello-cxx"):
        runs(prefix, build / name)
        needed = call(["readelf", "-d", build / name]).stdout
        library = "libmpi_abi.so.1" if abi == "standard" else "libmpi.so.12"
        if f"[{library}]" not in needed:
            sys.exit(f"CMake linked {name} with another library than {library}:\n{needed}")
    return 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--prefix", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--cmake", required=True)
    options = parser.parse_args()
    built = 0
    for abi in ("standard", "mpich"):
        scratch = options.scratch / abi
        scratch.mkdir(parents=True, exist_ok=True)
        built += wrappers(options.prefix, abi, scratch)
        built += cmake(options.prefix, abi, scratch, options.cmake)
    moved = options.scratch / "mo ved"
    shutil.rmtree(moved, ignore_errors=True)
    for part in ("bin", "lib", "include"):
        names = [path.name for path in (options.prefix / part).iterdir()]
        ours = {name for name in names if name.startswith(("mpi", "libmpi", "passel"))}
        ignored = lambda folder, entries, part=part, ours=ours: (
            [entry for entry in entries if entry not in ours] if Path(folder).name == part else []
        )
        shutil.copytree(options.prefix / part, moved / part, symlinks=True, ignore=ignored)
    scratch = options.scratch / "moved"
    scratch.mkdir(exist_ok=True)
    built += wrappers(moved, "standard", scratch)
    print(f"{built} programs, built in the ways of users, run")


if __name__ == "__main__":
    main()
