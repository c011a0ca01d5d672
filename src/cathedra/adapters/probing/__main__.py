"""Inside the limits: read a file that was opened for us and print what is in it, as one line of JSON."""

import json
import os
import sys

import av

from cathedra.adapters.probing import _scan
from cathedra.domain.encoding import Problem, probe_to_json, problem_probe


def main() -> None:
    av.logging.set_level(None)
    asked = json.loads(sys.argv[1])
    with os.fdopen(asked["descriptor"], "rb", buffering=0) as file:
        try:
            found = _scan.scan(file, asked["limits"])
        except MemoryError:
            found = problem_probe(Problem.TOO_COSTLY)
    sys.stdout.write(json.dumps(probe_to_json(found)))


main()
