"""Every action that any code records has its phrase, and its kind of target its word (R223, R225)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cathedra.domain.audit import KINDS, PHRASES

SRC = Path(__file__).parents[2] / "src/cathedra"
ACTION = re.compile(r"[a-z]+(_[a-z]+)*:[a-z]+(_[a-z0-9]+)*")


@cache
def recorders() -> list[tuple[Path, ast.Module, list[ast.Call]]]:
    """Modules that call `audit.record`, with the calls."""
    return list(_recorders())


def _recorders() -> Iterator[tuple[Path, ast.Module, list[ast.Call]]]:
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text()
        if "audit.record" not in text:
            continue
        tree = ast.parse(text)
        calls = [
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
        ]
        if calls:
            yield path, tree, calls


def literals(tree: ast.AST) -> set[str]:
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in found if ACTION.fullmatch(text)}


def test_every_recorded_action_has_a_phrase():
    """An action may come by a variable, so every word of that form in a module that records counts."""
    said = {text: path.name for path, tree, _ in recorders() for text in literals(tree)}
    assert len(said) > 20
    assert {text: where for text, where in said.items() if text not in PHRASES} == {}


def test_no_action_is_put_together_from_parts():
    """Then the test above sees every one of them."""
    made = []
    for path, _, calls in recorders():
        for call in calls:
            action = call.args[1] if len(call.args) > 1 else next(k.value for k in call.keywords if k.arg == "action")
            parts = [node for node in ast.walk(action) if isinstance(node, ast.JoinedStr | ast.BinOp)]
            made += [f"{path.name}:{call.lineno}"] if parts else []
    assert made == []


def test_every_kind_of_target_has_its_word():
    kinds = {
        word.value.value
        for _, _, calls in recorders()
        for call in calls
        for word in call.keywords
        if word.arg == "target_kind" and isinstance(word.value, ast.Constant)
    }
    assert kinds - set(KINDS) == set()
