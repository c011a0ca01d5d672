"""Tests are without the engines of the extras `speech` and `slides`, installed or not, but where they try the engines
themselves (tests/adapters): nothing else is to wait for them, and pages say the same everywhere."""

NONE = {"CATHEDRA_SPEECH_LISTENS": "false", "CATHEDRA_ENCODING_SLIDE_WORDS": "false"}
