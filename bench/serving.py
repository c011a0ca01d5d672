"""S1 and S2: authorised segments beside nginx serving the same files from disk; a right withdrawn.

The product runs whole: nginx asks edge, edge asks PostgreSQL, nginx keeps the answer for seconds. Beside it runs the
same nginx program with the same number of workers, serving the same files to anybody. Both are asked in turn, in
pairs; the rows are medians. CPU is user and system of nginx, edge and PostgreSQL while they answered, a segment.
"""

import base64
import contextlib
import hashlib
import json
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from bench import _load, _product
from cathedra.adapters import nginx

Row = tuple[str, str, str, str, str, str]
PAIRS = 3
ROUNDS = 5  # of one second
VIEWERS = 2000
PACE_S = 4.0  # a segment is four seconds long
SERVING = ("nginx", "edge", "postgres")
KB = 1024

_STATIC = """
{user}
daemon off;
worker_processes {workers};
pid nginx.pid;
error_log stderr error;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush off;
    keepalive_timeout 65s;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
    types {{ video/mp4 mp4; }}
    server {{
        listen 127.0.0.1:{port};
        root {root};
{signed}
    }}
}}
"""


# The other way to do it (decision record 3): a cookie that carries the right, signed, path-bound and short of life, with
# marks in memory for what was withdrawn. Not used; measured so that the choice rests on a figure.
_SIGNED = """
        location ~ "^/signed/(?<recording>[0-9a-f-]{{36}})/(?<file>[a-z0-9]+\\.mp4)$" {{
            secure_link $cookie_mark,$cookie_until;
            secure_link_md5 "$secure_link_expires|$recording|$cookie_who|{secret}";
            if ($secure_link != "1") {{ return 403; }}
            if (-f {marks}/$cookie_who) {{ return 403; }}
            alias {root}/stream/$recording/$file;
        }}
"""
_SECRET = "only for this measurement"


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running() as product:
        seed = (Path(__file__).parent / "_seed.py").read_text()
        seeded = json.loads(product.run(seed, str(VIEWERS), "30"))
        folder = product.data / "media/stream" / seeded["recording"]
        _write_segments(folder)
        with _static(product) as (limit, limit_pids):
            path = f"/stream/{seeded['recording']}/"
            yield from _one_viewer(product, limit, limit_pids, path, seeded)
            yield from _many_viewers(product, limit, limit_pids, path, seeded)
        yield _revocation(product, path, seeded)


def _one_viewer(product, limit: str, limit_pids: list[int], path: str, seeded: dict) -> Iterator[Row]:
    cookie = f"cathedra_session={seeded['sessions'][0]}"
    for size, target in ((256, "<= 1.25"), (1024, "<= 1.10")):
        name = f"{path}s{size}.mp4"
        found = []
        for _ in range(ROUNDS):
            ours = _measured(
                lambda: product.pids(*SERVING), lambda n=name: _load.one_viewer(product.url + n, cookie, 1)
            )
            theirs = _measured(lambda: limit_pids, lambda n=name: _load.one_viewer(limit + n, "", 1))
            found.append((ours, theirs))
        yield from _pair_rows(f"S1 one viewer, {size} KB segments", found, ">= 0.90", target)


def _pair_rows(name: str, found: list, speed_target: str, cpu_target: str) -> Iterator[Row]:
    middle = statistics.median
    speed = [middle(pair[side][0] for pair in found) for side in (0, 1)]
    ratio = middle(ours[0] / theirs[0] for ours, theirs in found)
    yield (
        f"{name}: requests / nginx static",
        f"{speed[0]:.0f}",
        "req/s",
        f"{speed[1]:.0f}",
        f"{ratio:.2f}",
        speed_target,
    )
    spent = [middle(pair[side][1] / pair[side][0] for pair in found) * 1e6 for side in (0, 1)]
    ratio = middle((ours[1] / ours[0]) / (theirs[1] / theirs[0]) for ours, theirs in found)
    yield (
        f"{name}: server CPU / nginx static",
        f"{spent[0]:.1f}",
        "us/req",
        f"{spent[1]:.1f}",
        f"{ratio:.2f}",
        cpu_target,
    )


def _many_viewers(product, limit: str, limit_pids: list[int], path: str, seeded: dict) -> Iterator[Row]:
    cookies = [f"cathedra_session={key}" for key in seeded["sessions"]]
    _load.many_viewers(f"{product.url}{path}s256.mp4", cookies, pace=PACE_S, seconds=PACE_S)  # they have begun to watch
    name = f"{path}s256.mp4"
    found, worst, errors = [], 0.0, 0
    for _ in range(PAIRS):
        both = []
        signed = (
            limit + name.replace("/stream/", "/signed/"),
            lambda: limit_pids,
            _signed_cookies(seeded["recording"]),
        )
        for url, who, named in (
            (product.url + name, lambda: product.pids(*SERVING), cookies),
            (limit + name, lambda: limit_pids, [""] * VIEWERS),
            *(() if found else (signed,)),
        ):
            asked = {}

            def play(url=url, named=named, asked=asked):
                asked.update(_load.many_viewers(url, named, pace=PACE_S, seconds=2 * PACE_S))
                return asked["answers"]

            both.append(_measured(who, play))
            if named and asked["errors"] and url.startswith(limit):
                raise RuntimeError(f"{asked['errors']:.0f} answers of the limit were not 200")
            if named is cookies:
                worst, errors = max(worst, asked["p99_ms"]), errors + asked["errors"]
        found.append(tuple(both))
    title = f"S1 {VIEWERS:,} viewers, each signed in, a 256 KB segment in {PACE_S:.0f} s"
    for place, what, target in ((0, "server CPU", "<= 5"), (2, "by signed cookies, once, not used (ADR 3)", "")):
        whole = [each for each in found if len(each) > place]
        spent = [statistics.median(each[side][1] / each[side][0] for each in whole) * 1e6 for side in (place, 1)]
        ratio = statistics.median((each[place][1] / each[place][0]) / (each[1][1] / each[1][0]) for each in whole)
        yield f"{title}: {what}", f"{spent[0]:.0f}", "us/req", f"{spent[1]:.0f}", f"{ratio:.2f}", target
    yield f"{title}: slowest of 99 %", f"{worst:.1f}", "ms", "", "", ""
    yield f"{title}: not answered with 200", str(errors), "requests", "", "", "<= 0"


def _signed_cookies(recording: str) -> list[str]:
    """One for each viewer, as nginx checks them."""
    until, found = int(time.time()) + 3600, []
    for who in range(VIEWERS):
        told = hashlib.md5(f"{until}|{recording}|{who}|{_SECRET}".encode(), usedforsecurity=False).digest()
        found.append(f"mark={base64.urlsafe_b64encode(told).decode().rstrip('=')}; until={until}; who={who}")
    return found


def _measured(pids: Callable[[], list[int]], work: Callable[[], float]) -> tuple[float, float]:
    """What was done, and the CPU seconds it took there, by those who came meanwhile too."""
    before = _product.cpu_seconds(pids())
    done = work()
    return done, _product.cpu_seconds(pids()) - before


def _revocation(product, path: str, seeded: dict) -> Row:
    """The viewer asks for a segment every 20 ms; the group loses its role; how long until the first refusal."""
    worst = 0.0
    request = urllib.request.Request(
        f"{product.url}{path}s256.mp4",
        headers={"Cookie": f"cathedra_session={seeded['sessions'][7]}", "Range": "bytes=0-99"},
    )
    places = (seeded["folder"], seeded["group"])
    with psycopg.connect(product.database_url, autocommit=True) as database:
        for _ in range(3):
            while not _is_served(request):
                time.sleep(0.05)
            taken = database.execute(
                "DELETE FROM cathedra_folderaccess WHERE folder_id = %s AND principal_id = %s RETURNING role", places
            ).fetchone()
            withdrawn = time.monotonic()
            while _is_served(request):
                time.sleep(0.02)
            worst = max(worst, time.monotonic() - withdrawn)
            database.execute(
                "INSERT INTO cathedra_folderaccess (folder_id, principal_id, role) VALUES (%s, %s, %s)",
                (*places, *taken),
            )
    return "S2 right withdrawn until the next segment is refused, slowest of 3", f"{worst:.1f}", "s", "", "", "<= 5"


def _is_served(request: urllib.request.Request) -> bool:
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return bool(answer.status == 206)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != 403:
            raise
        return False


def _write_segments(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    for size in (256, 1024):
        file = folder / f"s{size}.mp4"
        file.write_bytes(bytes(range(256)) * 4 * size)
        file.chmod(0o644)


@contextlib.contextmanager
def _static(product) -> Iterator[tuple[str, list[int]]]:
    """The limit: the same nginx, the same files, no question asked."""
    program, user = nginx.find_program(), nginx.worker_user()
    with _product.folder() as where:
        (where / "temp").mkdir()
        (where / "marks").mkdir()
        port = _product.free_port()
        conf = where / "nginx.conf"
        text = _STATIC.format(
            user=f"user {user.pw_name};" if user else "",
            port=port,
            root=product.data / "media",
            workers=_workers(product),
            signed=_SIGNED.format(root=product.data / "media", secret=_SECRET, marks=where / "marks"),
        )
        conf.write_text(text)
        command = [str(program.path), "-p", f"{where}/", "-c", str(conf), "-e", "stderr"]
        with (where / "log").open("wb") as log:
            # A session of its own, as the product's nginx has: the scheduler shares the cores out by session.
            process = subprocess.Popen(command, stderr=log, start_new_session=True)
        try:
            time.sleep(0.7)
            yield f"http://127.0.0.1:{port}", _product.tree(process.pid)
        finally:
            process.terminate()
            process.wait(timeout=10)


def _workers(product) -> int:
    return max(1, len(product.pids("nginx")) - 3)  # beside the master and the two keepers of the cache


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))
