"""Compares our mpi.h with a reference header of the same ABI.

    compare.py --abi standard|mpich --ours PREFIX --reference PREFIX --scratch DIR

The reference is MPICH's installation (the PyPI package `mpich`), whose headers
declare both ABIs. The compiler does the comparing, of everything that the
reference declares:

- constants: a program that prints them all is built against either header;
- types: sizes, alignments and offsets, printed by the same program, and every
  typedef of the reference is repeated after our header: a compiler refuses a
  typedef that says something else;
- functions: every prototype of the reference is repeated likewise, so names,
  parameter types and return types must agree.

Our header is also read as C and C++ of several years with all warnings on.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

# The reference's own names, which are not part of the ABI.
PRIVATE = re.compile(
    r"MPI_INCLUDED$|MPI_ABI$|MPI_ABI_H_INCLUDED$|MPI_H_ABI$|MPICH|ROMIO|MPIX|QMPI|MPIR_|"
    r"MPI_(AINT|OFFSET|COUNT)_FMT_|MPI_PROTO_H_INCLUDED$|HAVE_"
)
# In errata to MPI-5.0, after the reference's release.
LATER = {"MPI_Psend_init_c", "MPI_Precv_init_c", "PMPI_Psend_init_c", "PMPI_Precv_init_c"}
STATUS_FIELDS = {
    "standard": {"MPI_Status": ["MPI_SOURCE", "MPI_TAG", "MPI_ERROR"]},
    "mpich": {
        "MPI_Status": ["count_lo", "count_hi_and_cancelled", "MPI_SOURCE", "MPI_TAG", "MPI_ERROR"],
        "MPI_F08_status": ["count_lo", "count_hi_and_cancelled", "MPI_SOURCE", "MPI_TAG", "MPI_ERROR"],
    },
}
DIALECTS = [("cc", "c", "c99"), ("cc", "c", "c17"), ("c++", "c++", "c++11"), ("c++", "c++", "c++20")]


class Header:
    """What one header declares."""

    def __init__(self, flags):
        self.flags = flags
        macros = run(["cc", "-E", "-dM", *flags, "-x", "c", "-"], "#include <mpi.h>\n")
        self.macros = dict(re.findall(r"^#define (P?MPI\w*) +(.+)$", macros, re.M))
        text = run(["cc", "-E", "-P", *flags, "-x", "c", "-"], "#include <mpi.h>\n")
        text = without_attributes(text)
        self.declarations = [" ".join(part.split()) for part in statements(text)]
        self.enumerators = set()
        for tag, body in re.findall(r"\benum\b\s*(\w*)\s*\{(.*?)\}", text, re.S):
            if not tag.startswith("QMPI"):
                self.enumerators.update(re.findall(r"\b(MPI_\w+)\b\s*(?:=|,|$)", body))
        self.functions = {}
        self.typedefs = {}
        self.symbols = {}
        for declaration in self.declarations:
            if declaration.startswith("typedef"):
                self.typedefs[typedef_name(declaration)] = declaration
            elif match := re.match(r"extern [^(]*?\b(\w+)$", declaration):
                self.symbols[match[1]] = declaration
            elif match := re.match(r"(?:extern )?[\w ]+?[ *](P?MPI_\w+) ?\(", declaration):
                self.functions[match[1]] = declaration

    def constants(self):
        """Names of constants that are numbers or addresses, and of strings."""
        numbers, strings = set(self.enumerators), set()
        for name, value in self.macros.items():
            if "(" in name or PRIVATE.match(name) or not name.startswith("MPI_"):
                continue
            (strings if '"' in value else numbers).add(name)
        return numbers, strings


def run(command, text=None):
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr[:4000]}")
    return done.stdout


def without_attributes(text):
    """The text without `__attribute__((...))`, whose parentheses may nest."""
    out, at = [], 0
    for match in re.finditer(r"__attribute__\s*\(", text):
        if match.start() < at:
            continue
        out.append(text[at : match.start()])
        depth, at = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
    out.append(text[at:])
    return "".join(out)


def statements(text):
    """Declarations, split at semicolons outside braces."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == ";" and depth == 0:
            yield text[start:at].strip()
            start = at + 1


def typedef_name(declaration):
    if match := re.search(r"\(\s*\*?\s*(\w+)\s*\)\s*\(", declaration):
        return match[1]
    if match := re.search(r"\b(\w+)\s*\([^()]*\)$", declaration):
        return match[1]
    return re.findall(r"\w+", declaration)[-1]


def symbol_of(header, name):
    """The library's symbol that a constant stands for, if it does."""
    if name in header.symbols or name.startswith("MPIR_"):
        return name
    words = re.findall(r"[A-Za-z_]\w*", header.macros.get(name, ""))
    found = (symbol_of(header, word) for word in words if word != name)
    return next(filter(None, found), None)


def printing_program(numbers, strings, types, fields):
    lines = [f"#include <{header}.h>" for header in ("mpi", "stddef", "stdint", "stdio")]
    lines.append("int main(void) {")
    for name in sorted(numbers):
        value = f"(long long)(intptr_t)({name})"
        lines.append(f'    printf("{name} %lld, %zu bytes\\n", {value}, sizeof({name}));')
    for name in sorted(strings):
        lines.append(f'    printf("{name} %s\\n", {name});')
    for name in sorted(types):
        lines.append(f'    printf("sizeof {name} %zu align %zu\\n", sizeof({name}), _Alignof({name}));')
    for struct, names in fields.items():
        for name in names:
            lines.append(f'    printf("offset {struct}.{name} %zu\\n", offsetof({struct}, {name}));')
    return "\n".join(lines + ["    return 0;", "}", ""])


def outcome(program, flags, scratch, which):
    source, binary = scratch / f"print-{which}.c", scratch / f"print-{which}"
    source.write_text(program)
    run(["cc", "-std=c11", "-w", *flags, "-o", str(binary), str(source)])
    return run([str(binary)]).splitlines()


def compiler_complaints(program, flags, scratch):
    source = scratch / "repeat.c"
    source.write_text(program)
    command = ["cc", "-std=c11", "-fsyntax-only", "-fmax-errors=0", *flags, str(source)]
    done = subprocess.run(command, text=True, capture_output=True)
    found = re.findall(r"error: (.*)", done.stderr)
    return found or ([done.stderr] if done.returncode else [])


def compare(abi, ours, reference, scratch):
    problems = []
    numbers, strings = reference.constants()
    our_numbers, _ = ours.constants()
    symbols = {name for name in numbers if symbol_of(reference, name)}
    for name in sorted(numbers | strings):
        if name not in our_numbers and name not in ours.macros and name not in ours.symbols:
            problems.append(f"constant {name} is missing")
    for name in sorted(symbols & our_numbers):
        if symbol_of(ours, name) != symbol_of(reference, name):
            problems.append(f"{name} is {ours.macros.get(name)}, not {reference.macros.get(name)}")
    # A name that the reference lacks could clash with a program's own.
    for name in sorted(our_numbers - numbers - set(ours.symbols)):
        problems.append(f"constant {name} is ours alone")
    both = (numbers - symbols) & our_numbers
    for name in sorted(set(reference.symbols) - set(ours.symbols)):
        if not PRIVATE.match(name):
            problems.append(f"symbol {name} is not declared")

    types = {name for name in reference.typedefs if name.startswith("MPI_")}
    for name in sorted(types - set(ours.typedefs)):
        problems.append(f"type {name} is missing")
    is_function = lambda name: name.endswith(("_function", "_function_c", "_fn"))
    objects = {name for name in types & set(ours.typedefs) if not is_function(name)}
    program = printing_program(both, strings & set(ours.macros), objects, STATUS_FIELDS[abi])
    theirs = outcome(program, reference.flags, scratch, "reference")
    mine = outcome(program, ours.flags, scratch, "ours")
    problems += [f"ours has {our}, the reference {their}" for our, their in zip(mine, theirs) if our != their]

    repeated = [
        declaration
        for name, declaration in reference.typedefs.items()
        if is_function(name) and name in ours.typedefs
    ]
    repeated += [
        declaration for name, declaration in reference.functions.items() if name in ours.functions
    ]
    # The tool interface's handles point to structs of other names.
    repeated += [
        declaration
        for name, declaration in reference.symbols.items()
        if name in ours.symbols and not name.startswith("MPI_T_")
    ]
    for name in sorted(set(reference.functions) - set(ours.functions)):
        if not PRIVATE.match(name) and name not in ours.macros:
            problems.append(f"function {name} is not declared")
    for name in sorted(set(ours.functions) - set(reference.functions) - LATER):
        problems.append(f"function {name} is ours alone")
    # Macros that look like functions would be expanded in the prototypes.
    undefine = "".join(f"#undef {name}\n" for name in reference.functions)
    program = "#include <mpi.h>\n" + undefine + "".join(f"{line};\n" for line in repeated)
    problems += compiler_complaints(program, ours.flags, scratch)
    problems += dialects(ours.flags)
    summary = (
        f"{len(both)} constants, {len(symbols)} symbols, {len(objects)} types, {len(repeated)} "
        f"prototypes, callbacks and symbols agree with the reference"
    )
    return problems, summary


def dialects(flags):
    problems = []
    for compiler, language, standard in DIALECTS:
        command = [compiler, "-x", language, f"-std={standard}"]
        command += ["-pedantic", "-Wall", "-Wextra", "-Wconversion"]
        command += ["-Wstrict-prototypes"] if language == "c" else ["-Wold-style-cast"]
        command += ["-Werror", "-fsyntax-only", *flags, "-"]
        program = "#include <mpi.h>\n#include <mpi.h>\nint main(void) { return MPI_SUCCESS; }\n"
        done = subprocess.run(command, input=program, text=True, capture_output=True)
        if done.returncode:
            problems.append(f"not {standard}: {done.stderr[:500]}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--abi", choices=["standard", "mpich"], required=True)
    parser.add_argument("--ours", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    scratch = options.scratch / options.abi
    scratch.mkdir(parents=True, exist_ok=True)
    include = options.ours / "include" / ("mpich" if options.abi == "mpich" else "")
    ours = Header([f"-I{include}"])
    switch = ["-DMPI_ABI"] if options.abi == "standard" else []
    reference = Header([*switch, f"-I{options.reference / 'include'}"])
    problems, summary = compare(options.abi, ours, reference, scratch)
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"{len(problems)} differences")
    print(summary)


if __name__ == "__main__":
    main()
