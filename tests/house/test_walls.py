"""The walls stand: imports, sizes, names, one handler a job, mirrored tests, one blind except."""

import ast
import functools
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src/cathedra"
TESTS = ROOT / "tests"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)

FILE_LINES, FILE_LINES_HARD, FUNCTION_LINES_HARD = 300, 500, 60
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "base", "services", "managers", "tools", "core", "shared"}

# Files that may pass 300 lines for now. This list only shrinks.
LONG_FILES: set[str] = set()

# Modules whose test stands elsewhere, and where. A new module belongs here only with a reason of this kind.
TESTED_ELSEWHERE = {
    "__init__.py": "the version; tests/cli/test_main.py prints it",
    "settings.py": "Django's settings: every test under tests/web runs on them; tests/web/test_headers.py asserts what they send",
    "wiring.py": "builds what the tests of adapters, cli and edge then use",
    "cli/__main__.py": "two lines; tests/live.py starts the tree through it",
    "db/apps.py": "names the app; every test of tests/db loads it",
    "web/wsgi.py": "two lines; tests/cli/test_up.py asks pages through it",
    "web/urls.py": "the list of addresses; every test under tests/web goes through it",
    "db/models/fields.py": "the columns' kinds; tests/db/models holds the constraints they make",
    "worker/__main__.py": "two lines; tests/live.py starts the worker through it",
    "adapters/probing/__main__.py": "the probe's own process; tests/adapters/test_probe.py runs it",
    "adapters/speech/__main__.py": "the engine's own process; tests/adapters/speech/test_speech.py runs it",
    "adapters/ocr/__main__.py": "the reader's own process; tests/adapters/test_ocr.py runs it",
    "adapters/deck/__main__.py": "the deck reader's own process; tests/adapters/test_deck.py runs it",
}


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def relative(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def has_code(path: Path) -> bool:
    """Anything but a docstring, imports and a list of exports."""
    body = parsed(path).body
    for node in body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_export = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("__all__", "__version__")
        if not (is_docstring or is_export or isinstance(node, ast.Import | ast.ImportFrom)):
            return True
    return False


def mirrors(path: Path) -> list[Path]:
    """Where the test of a module may stand. Private parts of a package are proved through the package."""
    inner = path.relative_to(SRC)
    if inner.name == "__init__.py" or (inner.stem.startswith("_") and not inner.stem.startswith("__")):
        inner = inner.parent
    places = [TESTS / inner.parent / f"test_{inner.stem}.py"]
    folder = TESTS / inner.parent / inner.stem
    return places + (sorted(folder.glob("test_*.py")) if path.parent != SRC else [])


def test_every_module_has_its_test():
    wanting = {
        relative(path): [place.relative_to(ROOT).as_posix() for place in mirrors(path)]
        for path in MODULES
        if relative(path) not in TESTED_ELSEWHERE
        and has_code(path)
        and not any(place.exists() for place in mirrors(path))
    }
    assert wanting == {}, "none of these is there"


def test_the_list_of_exceptions_names_only_what_is_there():
    assert [name for name in TESTED_ELSEWHERE if not (SRC / name).exists()] == []
    assert [name for name in LONG_FILES if not (SRC / name).exists()] == []


def test_files_stay_small():
    lines = {relative(path): len(path.read_text().splitlines()) for path in MODULES}
    long = {
        name: count for name, count in lines.items() if count > (FILE_LINES_HARD if name in LONG_FILES else FILE_LINES)
    }
    assert long == {}, "lines; cut the room in parts"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_stay_small():
    long = [
        f"{relative(path)}: {f.name} ({f.end_lineno - f.lineno + 1})"
        for path in MODULES
        for f in functions(path)
        if f.end_lineno - f.lineno + 1 > FUNCTION_LINES_HARD
    ]
    assert long == []


def test_no_file_is_a_junk_drawer():
    named = {
        path
        for path in [*SRC.rglob("*"), *TESTS.rglob("*.py")]
        if path.stem in JUNK_DRAWERS and path.suffix in (".py", "")
    }
    assert named == set()


def test_every_module_says_its_one_job_first():
    silent = [relative(path) for path in MODULES if path.read_text().strip() and not ast.get_docstring(parsed(path))]
    assert silent == []


def test_imports_go_down():
    told = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3000:]


def test_a_blind_except_occurs_once_at_most_and_in_the_worker():
    blind = []
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            is_blind = isinstance(node, ast.ExceptHandler) and (
                node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
            )
            if is_blind:
                blind.append(relative(path))
    assert [name for name in blind if not name.startswith("worker/")] == []
    assert len(blind) <= 1


def test_only_config_and_settings_read_the_environment():
    readers = set()
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            is_environ = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            if is_environ and isinstance(node.value, ast.Name) and node.value.id == "os":
                readers.add(relative(path))
    # start_database and wsgi name Django's settings module, which Django reads from there and nowhere else
    assert readers <= {
        "config/_reading.py",
        "settings.py",
        "wiring.py",
        "web/wsgi.py",
        "adapters/confinement/_enter.py",
    }


def test_statements_live_in_sql_files_and_never_come_from_strings():
    loud = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ")
    made = []
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.JoinedStr):
                text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
                made += [f"{relative(path)}:{node.lineno}"] if text.lstrip().startswith(loud) else []
    assert made == []


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_the_tests_themselves_reach_nothing_but_this_machine(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with (
        socket.socket(family) as line,
        pytest.warns(match="A test tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        line.connect((address, 443))


def test_every_job_kind_has_exactly_one_handler():
    from cathedra.domain.jobs import JobKind
    from cathedra.worker import handlers

    assert set(handlers.HANDLERS) == set(JobKind)
    assert len({id(handler) for handler in handlers.HANDLERS.values()}) == len(JobKind)


def test_every_ignore_says_why_on_its_line():
    bare = [
        f"{relative(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"# (noqa|type: ignore)(: [A-Z0-9, ]+|\[[^\]]*\])?$", line)
    ]
    assert bare == []
