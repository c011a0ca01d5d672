"""How notices about what was recorded in a browser, and never finished there, are worded."""

from collections.abc import Mapping
from datetime import UTC, datetime

from cathedra.domain.notices._words import NoticeKind, Topic, Value, Wording
from cathedra.domain.terms import gettext_noop as _

_ENTROPY: Mapping[str, Value] = {
    "title": "Entropy and the second law",
    "folder": "Part IA Chemistry",
    "begun": datetime(2026, 11, 2, 10, 5, tzinfo=UTC),
}

CAPTURES: Mapping[NoticeKind, Wording] = {
    NoticeKind.CAPTURE_FINISHED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours that was never stopped is finished"),
        subject=_("“{title}” was finished with what had arrived"),
        paragraphs=(
            _("The recording “{title}” in {folder}, begun in a browser on {begun}, was never finished there."),
            _("What had arrived is safe and is being prepared now. It plays up to where the browser stopped sending."),
        ),
        way_on=_("Watch its end to see whether something is missing. If you need more, record or upload the rest."),
        button=_("Open the recording"),
        digest=_("{count} of your recordings were finished with what had arrived"),
        is_must=True,
        example=_ENTROPY,
    ),
    NoticeKind.CAPTURE_EMPTY: Wording(
        topic=Topic.RECORDINGS,
        when=_("Nothing arrived of a recording of yours"),
        subject=_("Nothing of “{title}” arrived"),
        paragraphs=(
            _("You began to record “{title}” in {folder} on {begun}, but nothing of it ever arrived here."),
            _("There is no such recording now, and no hours are counted."),
        ),
        way_on=_(
            "If the browser still shows the recording on its page, what it holds can be saved as a file from there."
        ),
        button=_("Open the page"),
        digest=_("Nothing arrived of {count} of your recordings"),
        is_must=True,
        example=_ENTROPY,
    ),
}
