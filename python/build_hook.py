"""Fills the wheel: libraries, programs and headers, where an environment's own would lie.

`cargo xtask install` puts everything under a staging folder; its lib/ and include/ go to the environment's
lib/ and include/, and its bin/ to the environment's scripts, which are executable whoever installs them. The
variable PASSEL_PROFILE names another cargo profile than release, to build sooner.
"""

import os
import pathlib
import shutil
import subprocess
import sysconfig

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PasselHook(BuildHookInterface):
    def initialize(self, version, build_data):
        root = pathlib.Path(self.root)
        if shutil.which("cargo") is None:
            raise RuntimeError("cargo is not installed: Passel is built from source with Rust (see README.md)")
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", "target"))
        staging = root / target / "wheel"
        shutil.rmtree(staging, ignore_errors=True)
        profile = os.environ.get("PASSEL_PROFILE", "release")
        command = ["cargo", "run", "--quiet", "--package", "xtask", "--", "install"]
        subprocess.run([*command, "--prefix", str(staging), "--profile", profile], cwd=root, check=True)
        for path in sorted(staging.rglob("*")):
            if path.is_dir():
                continue
            place = path.relative_to(staging)
            if place.parts[0] == "bin":
                build_data["shared_scripts"][str(path)] = place.name
            else:
                build_data["shared_data"][str(path)] = str(place)
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
