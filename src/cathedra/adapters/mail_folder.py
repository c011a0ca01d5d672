"""The folder (Maildir) that a mail server puts returned letters into."""

import mailbox
from collections.abc import Callable
from pathlib import Path

from cathedra.domain.terms import UnableTo

_MOST = 500  # messages in one go


def take_each(folder: Path, take: Callable[[bytes], object], *, most_bytes: int) -> int:
    """Give every message to `take` and remove it then; one that is too long is removed unread. Returns how many.

    Killed in between, a message is given again: taking it twice must change nothing. Raises UnableTo when the folder
    cannot be read.
    """
    if not (folder / "new").is_dir():
        raise UnableTo(f"{folder} is not a Maildir: it has no folder `new`.")
    try:
        box = mailbox.Maildir(folder, create=False)
        keys = sorted(box.keys())[:_MOST]
        for key in keys:
            with box.get_file(key) as file:
                content = file.read(most_bytes + 1)
            if len(content) <= most_bytes:
                take(content)
            box.remove(key)
    except (OSError, KeyError) as error:
        raise UnableTo(f"{folder} cannot be read: {error}.") from error
    return len(keys)
