"""What is made from the code is in step with it, and nothing in the repository points at one machine."""

import re
import subprocess
from pathlib import Path

from cathedra.cli import config_docs, nginx_config

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_page_of_settings_is_in_step():
    assert (ROOT / "docs/config.md").read_text() == config_docs.text(), "run: cathedra config-docs > docs/config.md"


def test_the_web_servers_example_is_in_step():
    expected = nginx_config.example()
    assert (ROOT / "deploy/nginx.conf").read_text() == expected, (
        "run: cathedra nginx-config --example > deploy/nginx.conf"
    )


def test_no_file_names_a_package_registry():
    named = re.compile(r"https?://(?!registry\.npmjs\.org)[^\s\"']*(?:/simple/|/pypi/|npm[^\s\"']*/-/)")
    found = []
    for path in tracked():
        if (
            path.suffix in (".py", ".toml", ".md", ".json", ".yml", ".cfg", ".txt", "")
            and path.stat().st_size < 2_000_000
        ):
            found += [str(path.relative_to(ROOT))] if named.search(path.read_text(errors="ignore")) else []
    assert found == []


def test_every_decision_record_has_a_number_of_its_own():
    records = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        assert path.read_text().startswith(f"# {int(path.name[:4])}. "), path.name
