"""One word per idea: the synonyms that docs/glossary.md refuses occur neither in names nor in sentences for people."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src/cathedra"
GLOSSARY = (ROOT / "docs/glossary.md").read_text()

# Rooms whose trade says "video", "clip", "session" of other things than a recording: codecs, ffmpeg, cookies.
TRADE = ("encoding", "probe", "ffmpeg", "fragments", "confinement", "playlists", "web_sessions", "sample")
NAMES = {
    "video",
    "videos",
    "clip",
    "clips",
    "trash",
    "album",
    "flavour",
    "bucket",
    "quota",
    "waiver",
    "undelete",
    "unarchive",
}
SENTENCES = (
    "video",
    "clip",
    "media item",
    "asset",
    "trash",
    "album",
    "master playlist",
    "flavour",
    "quota",
    "waiver",
    "unarchive",
    "undelete",
    "chunk",
    "manifest",
    "questionnaire",
    "user",
)


def modules() -> Iterator[Path]:
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" not in path.parts and not any(word in path.as_posix() for word in TRADE):
            yield path


def names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.arg):
            yield node.arg


def words_of(name: str) -> set[str]:
    return set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))


def test_the_glossary_refuses_what_this_test_looks_for():
    refused = " ".join(row.rsplit("|", 2)[1] for row in GLOSSARY.splitlines() if row.startswith("| "))
    assert [word for word in SENTENCES if word not in refused] == []


def refused_names(path: Path) -> list[str]:
    allowed = {"s3_bucket"} if path.name in ("_rooms.py", "_s3.py") else set()
    return [
        name
        for name in names(path)
        if name not in allowed and words_of(name) & (NAMES - {"bucket"} if path.name == "_s3.py" else NAMES)
    ]


def test_names_use_the_glossarys_words():
    found = {path.relative_to(SRC).as_posix(): refused_names(path) for path in modules()}
    assert {name: refused for name, refused in found.items() if refused} == {}


def sentences(path: Path) -> Iterator[str]:
    """What people read: translated strings in code, and everything outside tags and code in templates."""
    if path.suffix == ".html":
        text = re.sub(
            r"(?s)\{#.*?#\}|\{% comment.*?endcomment %\}|<script.*?</script>|<style.*?</style>", " ", path.read_text()
        )
        yield from re.findall(r"\{% (?:trans|translate) \"([^\"]*)\"", text)
        yield re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text)
        return
    for node in ast.walk(ast.parse(path.read_text())):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called in ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


READ = [*sorted((SRC / "web/templates").rglob("*.html")), *sorted(SRC.rglob("*.py"))]


def test_sentences_use_the_glossarys_words():
    found = [
        (path.relative_to(SRC).as_posix(), word, sentence.strip()[:90])
        for path in READ
        for sentence in sentences(path)
        for word in SENTENCES
        if re.search(rf"(?i)\b{re.escape(word)}s?\b", sentence)
    ]
    assert found == []
