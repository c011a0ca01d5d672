"""Inside the limits: read pictures that were opened for us and print what is written in each, a line of JSON a picture."""

import json
import os
import sys

import cv2
import numpy as np
from rapidocr import RapidOCR

_MOST_BYTES = 64 * 1024**2
_ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main() -> None:
    cv2.setNumThreads(1)
    engine = RapidOCR(params=_ONE_THREAD)
    for descriptor in json.loads(sys.argv[1]):
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(_MOST_BYTES)
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            sys.exit("not a picture")
        height, width = picture.shape[:2]
        sys.stdout.write(json.dumps({"width": width, "height": height, "lines": _lines(engine(picture))}) + "\n")
        sys.stdout.flush()


def _lines(found: object) -> list[tuple[str, float, float, float, float, float]]:
    boxes, texts, scores = (getattr(found, name, None) for name in ("boxes", "txts", "scores"))
    if boxes is None or texts is None or scores is None:
        return []
    lines = []
    for box, text, score in zip(boxes, texts, scores, strict=True):
        xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
        lines.append((str(text), min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), round(float(score), 4)))
    return lines


main()
