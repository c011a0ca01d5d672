"""Security class 32: fetch a protected file as a stranger, through the address people use. A byte of it means stop."""

import http.client
import secrets
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass

import structlog

from cathedra.adapters.object_store import ObjectStore
from cathedra.config import Config
from cathedra.domain.terms import UnableTo

NAME = "poster.jpg"
ORIGINAL = uuid.UUID(int=0)
_OUTSIDE = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Leak:
    """An address that answered with the protected bytes, or not with a refusal."""

    path: str
    status: int
    has_content: bool


def spellings(folder: str) -> tuple[str, ...]:
    """The plain address of a file first, then the ways around an authorising step that have been seen elsewhere, and
    to an original."""
    plain = f"/stream/{folder}/{NAME}"
    other = uuid.UUID(int=0)
    return (
        plain,
        f"/stream/{other}/../{folder}/{NAME}",
        f"/stream/{other}/%2e%2e/{folder}/{NAME}",
        f"/stream/{other}/..%2f{folder}/{NAME}",
        f"/static/../media/stream/{folder}/{NAME}",
        f"/static/%2e%2e/media/stream/{folder}/{NAME}",
        f"/static../media/stream/{folder}/{NAME}",
        f"//stream//{folder}//{NAME}",
        f"/stream/{folder}/.%2f{NAME}",
        f"/stream/{folder}/;/{NAME}",
        f"/STREAM/{folder}/{NAME}",
        f"/media/stream/{folder}/{NAME}",
        f"/whole/{folder}/{NAME}",
        f"/originals/{folder}/{ORIGINAL}",
        f"//originals/{folder}/{ORIGINAL}",
        f"/%6friginals/{folder}/{ORIGINAL}",
        f"/recordings/{folder}/download/{ORIGINAL}/",
        f"/stream/{other}/../../originals/{folder}/{ORIGINAL}",
        f"/static/../media/originals/{folder}/{ORIGINAL}",
        f"/media/originals/{folder}/{ORIGINAL}",
    )


def find_leaks(address: tuple[str, int], host: str, folder: str, secret: bytes) -> list[Leak]:
    """Ask for every spelling without a cookie. The plain one must be refused with 401, none may hold the secret."""
    found = []
    for number, path in enumerate(spellings(folder)):
        status, body = _fetch(address, host, path)
        has_content = secret in body
        if has_content or (number == 0 and status != 401):
            found.append(Leak(path, status, has_content))
    return found


def refuse_leaks(config: Config, store: ObjectStore) -> None:
    """Put a canary among the media and try to get it. Raises UnableTo when it can be had, or when nobody guards it."""
    folder, secret = str(uuid.uuid4()), secrets.token_hex(32).encode()
    original = f"originals/{folder}/{ORIGINAL}"
    try:
        store.put_bytes(f"stream/{folder}/{NAME}", secret)
        store.put_bytes(original, secret)
        store.offer(original, seconds=60)  # as if somebody downloaded it at this moment
        leaks = find_leaks(local_address(config), host_header(config), folder, secret)
        leaks += _leaks_outside(config, folder, secret)
    finally:
        store.delete_prefix(f"stream/{folder}/")
        store.delete_prefix(f"originals/{folder}/")
    for leak in sorted(leaks, key=lambda leak: not leak.has_content):  # bytes that came are said first
        if leak.has_content:
            raise UnableTo(
                f"Protected media can be fetched without signing in (a test file came back from {leak.path.split('?')[0]}"
                f"). Cathedra does not serve like this. Undo what was changed in the web server's configuration."
            )
        raise UnableTo(
            f"The guard in front of the media does not answer as it must (status {leak.status} instead of 401). "
            "Cathedra does not serve like this; the lines above say what is wrong."
        )


def _leaks_outside(config: Config, folder: str, secret: bytes) -> list[Leak]:
    """The same through what stands in front of us, where people's address is another than ours and can be reached."""
    if not config.site.public_url:
        return []
    for path in (f"/stream/{folder}/{NAME}", f"/whole/{folder}/{NAME}", f"/originals/{folder}/{ORIGINAL}"):
        try:
            with _OUTSIDE.open(config.site.url + path, timeout=5) as answer:
                status, body = answer.status, answer.read(1 << 20)
        except urllib.error.HTTPError as refused:
            with refused:
                status, body = refused.code, refused.read(1 << 20)
        except OSError as error:
            _log.warning("people's address could not be tried from here", address=config.site.url, error=str(error))
            return []
        if secret in body:
            return [Leak(path, status, True)]
    return []


def local_address(config: Config) -> tuple[str, int]:
    """Where this machine reaches our nginx."""
    host = {"0.0.0.0": "127.0.0.1", "*": "127.0.0.1", "::": "::1"}.get(config.site.host, config.site.host)  # noqa: S104 - asked about, not listened on
    return host.strip("[]"), config.site.port


def host_header(config: Config) -> str:
    """The name people use."""
    return config.site.url.partition("://")[2].partition("/")[0]


def _fetch(address: tuple[str, int], host: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*address, timeout=10)
    try:
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read(1 << 20)
    except OSError as error:
        raise UnableTo(f"Our own front door at {address[0]}:{address[1]} does not answer: {error}.") from error
    finally:
        connection.close()
