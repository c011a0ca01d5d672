"""No test patches our own code: it passes a fake in, or has the situation come about."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
OURS = "cathedra"
PATCHING = {"setattr", "delattr", "setitem", "delitem", "patch", "object", "dict", "multiple"}

# Where nothing can be passed in and nothing brought about, with the reason. This list only shrinks.
ALLOWED: dict[str, str] = {}


def patches(code: str) -> list[int]:
    """The lines of a test on which something of ours is replaced by another thing: by monkeypatch, by mock, by setattr, or
    by hand."""
    return sorted(
        {
            node.lineno
            for node, names in _with_names(ast.parse(code), {})
            for each in _replaced(node)
            if _is_ours(each, names)
        }
    )


def _with_names(node: ast.AST, names: dict[str, str]) -> Iterator[tuple[ast.AST, dict[str, str]]]:
    """Every node, and what the names mean there that are imported: unless a function uses them for something else."""
    if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
        names = {name: what for name, what in names.items() if name not in _bound(node)} | dict(_imported(node))
    yield node, names
    for child in ast.iter_child_nodes(node):
        yield from _with_names(child, names)


def _bound(function: ast.AST) -> set[str]:
    inner = list(ast.walk(function))
    stored = {one.id for one in inner if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return stored | {one.arg for one in inner if isinstance(one, ast.arg)}


def _imported(scope: ast.AST) -> Iterator[tuple[str, str]]:
    for node in _own(scope):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.asname or one.name.partition(".")[0], one.name if one.asname else one.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                yield one.asname or one.name, f"{node.module}.{one.name}"


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """All below, but what stands in functions inside."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own(node)


def _replaced(node: ast.AST) -> Iterator[ast.expr]:
    """What a statement or a call changes: the owner of an attribute, or its dotted name in words."""
    if isinstance(node, ast.Call) and node.args and _name(node.func) in PATCHING:
        yield node.args[0]
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        for target in node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]:
            for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(one, ast.Attribute | ast.Subscript):
                    yield one.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_ours(replaced: ast.expr, names: dict[str, str]) -> bool:
    if isinstance(replaced, ast.Constant):
        return str(replaced.value).partition(".")[0] == OURS
    while isinstance(replaced, ast.Attribute):
        replaced = replaced.value
    return isinstance(replaced, ast.Name) and names.get(replaced.id, "").partition(".")[0] == OURS


def test_no_test_patches_our_own_code():
    found = {
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        for line in patches(path.read_text())
    }
    allowed = {place for place in found if place.rpartition(":")[0] in ALLOWED}
    assert sorted(found - allowed) == [], "pass a fake in, by a parameter, a field or the configuration"
    assert {place.rpartition(":")[0] for place in allowed} == set(ALLOWED), "the list names what is no longer there"


@pytest.mark.parametrize(
    "code",
    [
        "from cathedra import wiring\nmonkeypatch.setattr(wiring, 'object_store', x)",
        "monkeypatch.setattr('cathedra.wiring.object_store', x)",
        "from cathedra.worker import captions\nmonkeypatch.setattr(captions.wiring, 'speech_engine', x)",
        "from cathedra.web import api\nmonkeypatch.delattr(api.pace.Pace, 'wait')",
        "import cathedra.config\nsetattr(cathedra.config, 'get', x)",
        "import cathedra.config as settings\nwith mock.patch.object(settings, 'get'): pass",
        "@patch('cathedra.config.get')\ndef test_it(): pass",
        "def test_it():\n    from cathedra.adapters.spool import Spool\n    Spool.join = x",
        "from cathedra.worker.handlers import HANDLERS\nHANDLERS[kind], other = x, y",
        "from cathedra.worker import handlers\nmonkeypatch.setitem(handlers.HANDLERS, kind, x)",
        "from cathedra import wiring\ndel wiring.ladder",
        "from cathedra import wiring\nclass TestIt:\n    def test_it(self):\n        wiring.ladder = x",
    ],
)
def test_a_patch_of_ours_is_seen_however_it_is_written(code):
    assert len(patches(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "import time\nfrom cathedra import config\nmonkeypatch.setattr(time, 'monotonic', x)\nconfig.get.cache_clear()",
        "monkeypatch.setenv('CATHEDRA_SITE_NAME', 'x')\nalice.patch(url, content)",
        "from cathedra.adapters.spool import Spool\nspool = Spool(folder)\nclass Full(Spool): pass",
        "from cathedra.db.models import Recording\nRecording.objects.update(title='x')\nrow = Recording()\nrow.title = 'x'",
        "from cathedra.db.writes import people\ndef test_it():\n    people = {}\n    people['x'] = 1",
        "def made():\n    from cathedra.db.writes import people\npeople = {}\npeople['x'] = 1",
    ],
)
def test_what_is_not_ours_or_only_used_is_let_be(code):
    assert patches(code) == []
