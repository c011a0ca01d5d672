"""The wheel: all that the product needs is in it and nothing else, and `cathedra demo` runs from it alone."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from cathedra.adapters import sample_files
from tests import live

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

ROOT = Path(__file__).parents[1]
STARTS_S = READY_S = 120
CACHES = {"__pycache__", ".ruff_cache", ".mypy_cache"}


@dataclass(frozen=True)
class Demo:
    """`cathedra demo` of the installed wheel, and the folder everything of it stands in."""

    process: subprocess.Popen
    folder: Path
    url: str


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Made from the tree as a release is, with the build tools that stand here already."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    (only,) = folder.glob("*.whl")
    return only


@pytest.fixture(scope="module")
def names(wheel) -> dict[str, int]:
    """What is in it, and how large."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


def test_everything_the_product_needs_at_run_time_is_in_it(names):
    source = ROOT / "src/cathedra"
    ours = [path for path in source.rglob("*") if path.is_file() and not CACHES & set(path.parts)]
    assert {f"cathedra/{path.relative_to(source).as_posix()}" for path in ours} <= set(names)
    policies = [path.relative_to(ROOT).as_posix() for path in (ROOT / "policies").rglob("*") if path.is_file()]
    assert {f"cathedra/{name}" for name in policies} <= set(names)
    assert any(name.startswith("policies/terms/") for name in policies)
    for name in ("adapters/nginx.conf.template", "db/migrations/0001_initial.py", "db/sql/recording_facts.sql"):
        assert names[f"cathedra/{name}"] > 0


def test_the_front_end_is_built_in_it(wheel, names):
    build = "cathedra/web/static/build/"
    with zipfile.ZipFile(wheel) as archive:
        manifest = json.loads(archive.read(f"{build}.vite/manifest.json"))
    files = {file for entry in manifest.values() for file in (entry["file"], *entry.get("css", ()))}
    assert {"player", "upload", "design"} <= {Path(file).name.partition("-")[0] for file in files}
    assert all(names[build + file] > 0 for file in files)


def test_the_sample_lectures_are_in_it_and_small(names):
    lectures = {name: size for name, size in names.items() if name.endswith(".mp4")}
    assert {Path(name).name for name in lectures} == {n for one in sample_files.lectures() for n in one.files}
    assert sum(lectures.values()) < 8_000_000


def test_nothing_else_is_in_it(names):
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cathedra"}
    strange = ("tests/", "node_modules/", "frontend/", "bench/", "__pycache__/", ".pyc", ".ts", "conftest", "test_")
    assert [name for name in names if any(word in name for word in strange)] == []


@pytest.fixture(scope="module")
def installed(wheel) -> Path:
    """The programs of a fresh environment with the wheel in it; what it depends on is read from where it stands here."""
    folder = live.passable_folder()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True, timeout=60)
    programs = folder / "venv/bin"
    asked = [str(programs / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout.strip())
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("".join(f"{place}\n" for place in sorted(places)))
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check", "install"]
    done = subprocess.run(
        [*pip, "--quiet", "--no-index", "--no-deps", "--no-compile", str(wheel)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return programs


@pytest.fixture
def demo(installed):
    """Started with an empty data folder, nothing of the source tree in sight and no Node to be found."""
    folder, port = live.passable_folder(), live.free_port()
    given = live.environment_for(folder / "data", port)
    kept = {k: v for k, v in given.items() if not k.startswith("PYTHON") and k != "CATHEDRA_SECRET_KEY"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(installed / "cathedra"), "demo"],
            env={**kept, "PATH": str(installed), "HOME": str(folder)},
            cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    yield Demo(process, folder, f"http://127.0.0.1:{port}")
    if process.poll() is None:
        process.kill()
        process.wait(timeout=10)


def waited_for(found, seconds: float):
    """What `found` finds, asked for until there is something."""
    deadline = time.monotonic() + seconds
    while not (something := found()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return something


def sign_in(browser: httpx.Client, demo: Demo, login: str, leads_to: str = "/") -> str:
    """The page after it."""
    page = browser.get("/account/login/").text
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    fields = {"login": login, "password": sample_files.university().password, "csrfmiddlewaretoken": token}
    answer = browser.post("/account/login/", data=fields, headers={"Origin": demo.url})
    assert (answer.status_code, answer.url.path) == (200, leads_to)
    return answer.text


def first_segment(browser: httpx.Client, playlist: str) -> tuple[str, str]:
    """The address and the bytes of the first media segment of the best variant."""
    variant = next(line for line in browser.get(playlist).text.splitlines() if line and not line.startswith("#"))
    address = urljoin(playlist, variant)
    lines = browser.get(address).text.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("#EXT-X-BYTERANGE:"))
    length, _, offset = lines[place].partition(":")[2].partition("@")
    return urljoin(address, lines[place + 1]), f"bytes={offset}-{int(offset) + int(length) - 1}"


def belonging_to(folder: Path) -> list[int]:
    """Every process that knows this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            knows = str(folder).encode() in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
        except OSError:
            continue
        found += [int(entry.name)] if knows and not is_zombie else []
    return found


def test_the_demo_of_the_wheel_plays_a_lecture_to_a_student_and_stops_without_leaving_anything(installed, demo):
    asked = [str(installed / "python"), "-c", "import cathedra; print(cathedra.__file__)"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True, cwd="/", timeout=60).stdout
    assert found.startswith(str(installed.parent))

    def told() -> str:
        return (demo.folder / "log").read_text(errors="replace")

    assert waited_for(lambda: "Ctrl-C stops it" in told() or demo.process.poll() is not None, STARTS_S), told()
    assert demo.process.poll() is None, told()
    assert demo.url.replace("127.0.0.1", "localhost") in told()
    assert "noor" in told()
    assert len(belonging_to(demo.folder)) >= 5

    for login, leads_to, says in (
        ("alice", "/", "Whitfield"),
        ("noor", "/terms/", "accept"),
    ):  # R9: her first time here
        with httpx.Client(base_url=demo.url, follow_redirects=True, timeout=30) as browser:
            assert says in sign_in(browser, demo, login, leads_to)
    with httpx.Client(base_url=demo.url, follow_redirects=True, timeout=30) as browser:
        sign_in(browser, demo, "ben")
        rows = waited_for(lambda: browser.get("/api/recordings/newest").json()["rows"], READY_S)
        assert rows, told()
        recording = rows[0]["id"]
        assert 'id="player"' in browser.get(f"/recordings/{recording}/").text
        address, part = first_segment(browser, f"/stream/{recording}/primary.m3u8")
        segment = browser.get(address, headers={"Range": part})
        assert segment.status_code == 206
        assert segment.content[4:8] == b"moof"
        assert httpx.get(demo.url + address, headers={"Range": part}).status_code == 401

    demo.process.send_signal(signal.SIGINT)  # Ctrl-C
    assert demo.process.wait(timeout=60) == 0, told()
    assert belonging_to(demo.folder) == []
    assert os.listdir(demo.folder / "data/run/children") == []
