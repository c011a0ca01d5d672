"""What becomes of a prober that does not end well; what it finds in files is in test_probing.py."""

from dataclasses import replace

import pytest

from cathedra.adapters import policy_files
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding, Upload
from cathedra.domain.encoding import Problem, parse_ladder
from cathedra.domain.terms import UnableTo
from tests import media

pytestmark = pytest.mark.slow
LIMITS = parse_ladder(policy_files.read("ladder")).limits


def test_what_takes_too_long_is_the_files_fault(tmp_path):
    settings = replace(Encoding(), probe_seconds=0, probe_seconds_per_gib=0)
    assert Prober(settings).probe(media.lecture(tmp_path / "x.mp4"), limits=LIMITS).problem is Problem.TOO_COSTLY


def test_what_may_be_taken_grows_with_the_file_up_to_the_largest_that_can_be_uploaded(tmp_path):
    """Class 28: the same file is read when its size gives it the time, and stopped when no such size can be sent."""
    path = media.lecture(tmp_path / "x.mkv")
    a_minute = replace(Encoding(), probe_seconds=0, probe_seconds_per_gib=60 * 1024**3 // path.stat().st_size)
    assert Prober(a_minute).probe(path, limits=LIMITS).pictures
    nothing = Upload(max_bytes=0)
    assert Prober(a_minute, nothing).probe(path, limits=LIMITS).problem is Problem.TOO_COSTLY


def test_a_prober_that_cannot_begin_is_ours(tmp_path):
    settings = replace(Encoding(), probe_memory_bytes=48 * 1024**2)  # too little to load what reads files
    with pytest.raises(UnableTo, match="Could not look into the file"):
        Prober(settings).probe(media.lecture(tmp_path / "x.mp4"), limits=LIMITS)
