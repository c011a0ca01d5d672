"""The version of the acceptable use policy that holds, as a value."""

from functools import lru_cache

from cathedra.adapters import policy_files
from cathedra.db.reads import policy as reads
from cathedra.domain.policy import UsePolicy, parse_use_policy


def policy_in_force() -> UsePolicy | None:
    """What declarations are judged by now. None only where no version was ever activated, which `cathedra prepare` does
    before anything is served: there is nothing to ask then, and nothing to judge by."""
    found = reads.find_active_use_policy()
    return _parsed(found.text, found.version) if found else None


@lru_cache(maxsize=4)
def _parsed(text: str, version: int) -> UsePolicy:
    return parse_use_policy(policy_files.read_text(text, f"acceptable-use@{version}"))
