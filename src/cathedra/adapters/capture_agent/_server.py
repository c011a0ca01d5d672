"""The line to the server, as a recorder speaks it: JSON with its token, and tus. It follows no redirection, so the token goes
to nobody else (security class 10), and believes a certificate only that is good (class 26)."""

import base64
import hashlib
import http.client
import json
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cathedra.domain.ingest import CaptureStep, ErrorSeverity, Planned, RecorderState
from cathedra.domain.terms import UnableTo

_TIMEOUT_S = 20
_MOST_BYTES = 4 * 1024 * 1024
_TUS = {"Tus-Resumable": "1.0.0"}


class Away(UnableTo):
    """The server cannot be reached, or is not well: later it may be."""


class Refused(UnableTo):
    """The server answers with a no."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message or f"The server answered {status}.")
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Part:
    """A file as the server has it."""

    url: str
    position: int
    offset_bytes: int
    is_whole: bool


class Server:
    """One server and one token."""

    def __init__(self, address: str, token: str = "") -> None:
        self._address, self._token = urlsplit(address), token

    def connect(self, code: str, *, version: str) -> tuple[str, str]:
        """Give a code for a token. Returns it, and what the recorder is called. Raises Refused, Away."""
        told = self._json("POST", "/api/recorder/connect", {"code": code, "version": version})
        return str(told["token"]), str(told["name"])

    def beat(self, state: RecorderState, *, free_bytes: int, version: str, has_sound: bool | None) -> datetime:
        """Say that it lives. Returns the server's time."""
        told = {"state": state, "free_bytes": free_bytes, "version": version, "has_sound": has_sound}
        return datetime.fromisoformat(self._json("POST", "/api/recorder/heartbeat", told)["now"])

    def schedule(self) -> tuple[Planned, ...]:
        """What is to be recorded within a week."""
        return tuple(
            Planned(
                str(one["recording_id"]),
                datetime.fromisoformat(one["starts_at"]),
                datetime.fromisoformat(one["ends_at"]),
            )
            for one in self._json("GET", "/api/recorder/schedule")
        )

    def report(self, severity: ErrorSeverity, kind: str, text: str, at: datetime) -> None:
        """Something went wrong."""
        told = {"severity": severity, "type": kind, "code": "", "text": text, "at": at.isoformat()}
        self._json("POST", "/api/recorder/errors", told)

    def begin(self, recording_id: str, files: tuple[str, ...], begun_at: datetime) -> tuple[Part, ...]:
        """It is recorded, or was. Asked for again, how it stands."""
        told = {"files": [f"{name}.mkv" for name in files], "begun_at": begun_at.isoformat()}
        return _parts(self._json("POST", f"/api/recorder/captures/{recording_id}", told))

    def look(self, recording_id: str) -> tuple[Part, ...]:
        """How it stands."""
        return _parts(self._json("GET", f"/api/recorder/captures/{recording_id}"))

    def step(self, recording_id: str, step: CaptureStep, at_ms: int) -> None:
        """Paused, or gone on."""
        self._json("POST", f"/api/recorder/captures/{recording_id}/{step}", {"at_ms": at_ms})

    def stop(self, recording_id: str, at_ms: int, sums: dict[int, str]) -> None:
        """Nothing more is recorded, and these are the checksums, by place."""
        files = [{"position": position, "sha256": one} for position, one in sums.items()]
        self._json("POST", f"/api/recorder/captures/{recording_id}/stop", {"at_ms": at_ms, "files": files})

    def send(self, url: str, content: bytes, *, at: int, length: int | None) -> int:
        """Bytes of a file from an offset on; with the last ones how long it is. Returns where it stands then."""
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        told = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        told |= {"Upload-Checksum": f"sha256 {digest}"} if content else {}
        told |= {"Upload-Length": str(length)} if length is not None else {}
        answer, _body = self._ask("PATCH", url, content, _TUS | told)
        return int(answer.headers["Upload-Offset"])

    def _json(self, method: str, path: str, told: Any = None) -> Any:
        body = None if told is None else json.dumps(told).encode()
        _answer, content = self._ask(method, path, body, {"Content-Type": "application/json"})
        try:
            return json.loads(content) if content else None
        except ValueError as error:
            raise Away("The server answers with something else than it should.") from error

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        shown = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        line = self._line()
        try:
            line.request(method, path, body=body, headers={"Accept": "application/json", **shown, **headers})
            answer = line.getresponse()
            content = answer.read(_MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise Away(f"The server cannot be reached: {error}") from error
        finally:
            line.close()
        if answer.status >= 500 or answer.status == 429:
            raise Away(f"The server answered {answer.status}.")
        if answer.status >= 300:
            raise _refused(answer.status, content)
        return answer, content

    def _line(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)


def _parts(told: Any) -> tuple[Part, ...]:
    return tuple(
        Part(str(one["url"]), int(one["position"]), int(one["offset_bytes"]), bool(one["is_whole"]))
        for one in told["files"]
    )


def _refused(status: int, content: bytes) -> Refused:
    try:
        told = json.loads(content)
        return Refused(status, str(told["code"]), str(told.get("message") or told.get("sentence") or ""))
    except (ValueError, TypeError, KeyError):
        return Refused(status, "", "")
