"""The data folder on disk: which parts exist, and who may pass.

Under a normal user everything belongs to that user and is closed to others. Started as root, PostgreSQL and nginx's
workers run as two other users; the folder is then passable but not readable (0711), and each part is opened to the one
user that needs it: `media/stream`, `static` and the sockets in `run/front` to nginx's group, `db` and `run/pg` to the
database's user, everything else (secrets, unfinished uploads, work) to root alone. `media/originals` may be passed but
not read by nginx's group, and each file in it is root's alone until somebody who may download it asks for it. So a hole
in nginx's configuration can reach no more than what may be served anyway.
"""

import os
from pathlib import Path

from cathedra.config import Config
from cathedra.domain.terms import UnableTo

_PASS, _SHARED, _SOCKETS, _OFFERED, _OWN = 0o711, 0o2750, 0o2770, 0o2710, 0o700


def prepare(config: Config, front_gid: int | None) -> None:
    """Make the folders with their modes. `front_gid` is nginx's group when we are root, else None. Idempotent."""
    shared, sockets = (_SHARED, _SOCKETS) if front_gid is not None else (_OWN, _OWN)
    passable, offered = (_PASS, _OFFERED) if front_gid is not None else (_OWN, _OWN)
    modes = {
        config.data_dir: passable,
        config.run_dir: passable,
        config.media_dir: shared,
        config.media_dir / "stream": shared,
        config.media_dir / "originals": offered,
        config.incoming_dir: _OWN,
        config.work_dir: _OWN,
        config.data_dir / "static": shared,
        config.run_dir / "front": sockets,
        config.run_dir / "nginx": passable,
        config.run_dir / "nginx/temp": passable,
        config.run_dir / "nginx/cache": passable,
    }
    for folder, mode in modes.items():
        _make(folder, mode, front_gid if mode in (_SHARED, _SOCKETS, _OFFERED) else None)
    if front_gid is not None:
        _check_way(config.data_dir)


def _make(folder: Path, mode: int, gid: int | None) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if gid is not None and folder.stat().st_gid != gid:
            os.chown(folder, -1, gid)
        if folder.stat().st_mode & 0o7777 != mode:
            folder.chmod(mode)
    except OSError as error:
        raise UnableTo(
            f"The data folder cannot be used: {error}. Set CATHEDRA_DATA_DIR to one we may write."
        ) from error


def _check_way(data_dir: Path) -> None:
    closed = [folder for folder in data_dir.resolve().parents if not folder.stat().st_mode & 0o001]
    if closed:
        raise UnableTo(
            f"{closed[0]} is closed to other users, and as root Cathedra lets the database and nginx run as other users. "
            f"Choose a data folder they can reach (CATHEDRA_DATA_DIR), or run as a normal user."
        )
