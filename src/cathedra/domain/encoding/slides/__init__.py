"""When another slide is shown: arithmetic over small grey frames, in the order of time."""

from cathedra.domain.encoding.slides._cells import SAMPLES_PER_SECOND, Cells, grid
from cathedra.domain.encoding.slides._detect import Detector, Shot, snap

__all__ = ["SAMPLES_PER_SECOND", "Cells", "Detector", "Shot", "grid", "snap"]
