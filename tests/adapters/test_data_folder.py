"""Who may pass where in the data folder."""

import os
import stat

import pytest

from cathedra.adapters import data_folder, nginx
from cathedra.config import Config
from cathedra.domain.terms import UnableTo
from tests.live import passable_folder


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_as_one_user_everything_is_closed_to_others(tmp_path):
    config = Config(data_dir=tmp_path / "data")
    data_folder.prepare(config, None)
    data_folder.prepare(config, None)
    folders = [config.data_dir, config.media_dir, config.run_dir, config.incoming_dir, config.work_dir]
    assert {mode(folder) for folder in folders} == {0o700}


def test_as_root_nginx_may_read_what_is_served_and_nothing_else():
    folder = passable_folder()
    config = Config(data_dir=folder / "data")
    group = os.getgid() if os.geteuid() else nginx.worker_user().pw_gid
    data_folder.prepare(config, group)
    (config.data_dir / "secret_key").touch(mode=0o600)
    assert mode(config.data_dir) == 0o711
    for shared in (config.media_dir, config.media_dir / "stream", config.data_dir / "static"):
        assert (mode(shared), shared.stat().st_gid) == (0o2750, group)
    for closed in (config.incoming_dir, config.work_dir):
        assert mode(closed) == 0o700
    originals = config.media_dir / "originals"  # by name only, and a file once it was offered
    assert (mode(originals), originals.stat().st_gid) == (0o2710, group)
    assert (mode(config.run_dir / "front"), (config.run_dir / "front").stat().st_gid) == (0o2770, group)


def test_a_folder_behind_a_closed_one_is_refused_in_words(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)  # as pytest's own folders are
    with pytest.raises(UnableTo, match="is closed to other users"):
        data_folder.prepare(Config(data_dir=closed / "data"), os.getgid())


def test_a_place_where_nothing_can_be_made_is_said_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UnableTo, match="Set CATHEDRA_DATA_DIR"):
        data_folder.prepare(Config(data_dir=tmp_path / "file/data"), None)
