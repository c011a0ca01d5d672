"""`python -m cathedra.cli`: the same as `cathedra`, for our own child processes."""

import sys

from cathedra.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
