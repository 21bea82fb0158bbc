"""Compares the constants, sizes and offsets of an installed mpi.h with those of reference headers.

A C program that prints every name which the reference header defines is built twice, once against each header,
and run without MPI_Init; nothing of a library is needed but its symbols. Names that a header lacks are printed
as missing. The last line of the output says how many names were compared and how many differ.
"""

import argparse
import pathlib
import re
import subprocess
import sys

# Handles and other types whose size is part of the binary interface.
TYPES = """MPI_Aint MPI_Count MPI_Offset MPI_Status MPI_Comm MPI_Datatype MPI_Errhandler MPI_File MPI_Group MPI_Info
MPI_Message MPI_Op MPI_Request MPI_Session MPI_Win MPI_T_enum MPI_T_cvar_handle MPI_T_pvar_handle
MPI_T_pvar_session""".split()
FIELDS = ["MPI_SOURCE", "MPI_TAG", "MPI_ERROR"]
# The library's own version is its own affair, and so are names that are no values in C.
EXEMPT = re.compile(
    r"^(MPI_T_ERR_.*_LAST|MPI_VERSION|MPI_SUBVERSION|MPI_ABI_.*VERSION|MPI_H|MPI_INCLUDED|MPI_Fint|MPI_.*_fn|MPI_File)$"
)

# In the MPICH ABI these are addresses of symbols in the library.
ADDRESSES = re.compile(r"^MPI_((COMM_|TYPE_|WIN_)?DUP_FN|UNWEIGHTED|WEIGHTS_EMPTY|T_PVAR_ALL_HANDLES)$")


def names_of(header):
    """The names that may have a value: macros without parameters, and enumerators."""
    text = header.read_text(encoding="utf-8", errors="replace")
    names = set(re.findall(r"^\s*#\s*define\s+(MPI_[A-Z0-9][A-Za-z0-9_]*)[ \t]+\S", text, re.M))
    for body in re.findall(r"\benum\b[^{;]*\{([^}]*)\}", text):
        names |= set(re.findall(r"(?:^|,)\s*(MPI_[A-Z0-9_]+)", re.sub(r"/\*.*?\*/", "", body, flags=re.S)))
    return sorted(name for name in names if not EXEMPT.match(name) and not name.startswith("MPIX"))


def program(names, present):
    """C text that prints each name with its value, as a string or a number."""
    lines = [
        "#include <mpi.h>",
        "#include <stddef.h>",
        "#include <stdint.h>",
        "#include <stdio.h>",
        "static void show_text(const char *name, const char *text) { printf(\"%s %s\\n\", name, text); }",
        "static void show_number(const char *name, long long value) { printf(\"%s %lld\\n\", name, value); }",
        "#define IS_TEXT(x) _Generic((x), char *: 1, const char *: 1, default: 0)",
        "int main(void)",
        "{",
    ]
    for name in names:
        if name not in present:
            lines.append(f"    show_text(\"{name}\", \"missing\");")
            continue
        lines += [
            f"    if (IS_TEXT({name})) show_text(\"{name}\", (const char *)(uintptr_t){name});",
            f"    else show_number(\"{name}\", (long long)(intptr_t){name});",
            f"    show_number(\"sizeof {name}\", (long long)sizeof({name}));",
        ]
    for name in TYPES:
        lines.append(f"    show_number(\"sizeof {name}\", (long long)sizeof({name}));")
    for field in FIELDS:
        lines.append(f"    show_number(\"offsetof {field}\", (long long)offsetof(MPI_Status, {field}));")
    return "\n".join([*lines, "    return 0;", "}", ""])


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr[-4000:]}")
    return done.stdout


def defined(include, names, scratch, label):
    """Which names the header defines: those that compile as an expression."""
    probe = scratch / f"probe-{label}.c"
    lines = ["#include <mpi.h>", "#include <stdint.h>"]
    # One function per name, so that each error's line gives the name.
    lines += [f"long long at_{name}(void) {{ return (long long)(intptr_t)({name}); }}" for name in names]
    probe.write_text("\n".join(lines), encoding="utf-8")
    command = ["cc", "-fsyntax-only", "-w", "-fmax-errors=0", f"-I{include}", str(probe)]
    errors = subprocess.run(command, capture_output=True, text=True).stderr
    bad = {int(line) for line in re.findall(rf"{re.escape(str(probe))}:(\d+):", errors)}
    return [name for index, name in enumerate(names) if index + 3 not in bad]


def values(include, library, names, scratch, label):
    source, binary = scratch / f"print-{label}.c", scratch / f"print-{label}"
    source.write_text(program(names, set(defined(include, names, scratch, label))), encoding="utf-8")
    folder, name = library
    link = [f"-L{folder}", f"-Wl,-rpath,{folder}", f"-l{name}"]
    run(["cc", "-w", f"-I{include}", "-o", str(binary), str(source), *link])
    lines = run([str(binary)]).splitlines()
    return dict(line.rsplit(" ", 1) if " " in line else (line, "") for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--abi", choices=["standard", "mpich"], required=True)
    parser.add_argument("--ours", type=pathlib.Path, required=True, help="the prefix that is checked")
    parser.add_argument("--reference", type=pathlib.Path, required=True, help="the prefix of the package mpich")
    parser.add_argument("--scratch", type=pathlib.Path, required=True, help="a folder for the programs")
    options = parser.parse_args()
    scratch = options.scratch / options.abi
    for folder in (scratch, scratch / "include"):
        folder.mkdir(parents=True, exist_ok=True)
    standard = options.abi == "standard"
    header = options.reference / "include" / ("mpi_abi.h" if standard else "mpi.h")
    # The reference header of the standard ABI has another file name: programs include it as mpi.h all the same.
    (scratch / "include/mpi.h").write_text(f'#include "{header}"\n', encoding="utf-8")
    reference = scratch / "include" if standard else options.reference / "include"
    ours = options.ours / ("include" if standard else "include/mpich")
    library = "mpi_abi" if standard else "mpi"
    names = [name for name in names_of(header) if standard or not ADDRESSES.match(name)]
    expected = values(reference, (options.reference / "lib", library), names, scratch, "reference")
    actual = values(ours, (options.ours / "lib", library), names, scratch, "ours")
    differing = [name for name in expected if expected[name] not in ("missing", actual.get(name))]
    for name in differing:
        print(f"{name}: {actual.get(name, 'missing')}, and the reference has {expected[name]}", file=sys.stderr)
    print(f"{len(expected)} values compared, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
