"""Classes 19 and 22: nothing is called by a name that came from outside, and no secret is written down or shared."""

import ast
import re
from pathlib import Path

import cathedra

SOURCE = Path(cathedra.__file__).parent
# What turns text into code or into an object of any class.
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "execfile", "import_string", "unsafe_load"}
MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "yaml", "jsonpickle", "code", "codeop"}
MAY_COMPILE = {"re"}  # re.compile makes no code
SECRET_NAME = re.compile(r"secret|password|passwd|api_?key|private_?key", re.IGNORECASE)
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|django-insecure|ghp_[A-Za-z0-9]{36}")
SHELLS = {"run", "Popen", "call", "check_call", "check_output", "create_subprocess_shell"}


def faults(text: str, name: str) -> list[str]:
    """What a module does that no module of ours may."""
    found = []
    for node in ast.walk(ast.parse(text)):
        line = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [f"{line} imports {each}" for each in names if each.split(".")[0] in MODULES]
        if isinstance(node, ast.Call):
            found += [f"{line} {told}" for told in _call(node)]
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            words = [each.id for each in node.targets if isinstance(each, ast.Name)]
            is_secret = len(node.value.value) >= 20 and " " not in node.value.value
            found += [f"{line} a fixed secret: {word}" for word in words if SECRET_NAME.search(word) and is_secret]
    return found


def _call(node: ast.Call) -> list[str]:
    called = node.func
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    owner = called.value.id if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) else ""
    found = []
    if name in CALLS and not (name == "compile" and owner in MAY_COMPILE) and not (name == "exec" and owner):
        found.append(f"calls {name}")
    if name == "getattr" and len(node.args) > 1 and _is_from_outside(node.args[1]):
        found.append("calls an attribute by a name from a request")
    if name in SHELLS and any(each.arg == "shell" and not _is_false(each.value) for each in node.keywords):
        found.append("starts a shell")
    return found


def _is_from_outside(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr in ("GET", "POST", "headers") for each in ast.walk(node))


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_class_19_and_22_no_module_of_ours_runs_text_or_holds_a_secret():
    found = [
        fault for path in SOURCE.rglob("*.py") for fault in faults(path.read_text(), str(path.relative_to(SOURCE)))
    ]
    assert found == []


def test_class_22_nothing_that_is_delivered_holds_a_key():
    kinds = {".py", ".js", ".css", ".html", ".sql", ".json", ".txt", ".md", ".conf", ".toml"}
    files = [path for path in SOURCE.rglob("*") if path.suffix in kinds and path.is_file()]
    assert len(files) > 200
    assert [str(path) for path in files if KEY.search(path.read_text(errors="replace"))] == []


def test_class_22_a_password_is_kept_as_argon2_and_as_nothing_else(settings):
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert len(settings.SECRET_KEY) >= 32


def test_the_scan_finds_what_it_looks_for():
    for text in (
        "eval(x)",
        "import pickle",
        "from yaml import load",
        "__import__(name)",
        "subprocess.run(x, shell=True)",
        "getattr(self, request.GET['verb'])()",
        "SECRET_KEY = 'kjh34kjh3k4jh5kj3h45kjh345'",
        "os.system(x)",
    ):
        assert faults(text, "x"), text
