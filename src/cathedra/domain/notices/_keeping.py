"""How notices about the archive, the bin and their runs are worded (R125)."""

from collections.abc import Mapping
from datetime import date

from cathedra.domain.notices._words import NoticeKind, Phrase, Topic, Wording
from cathedra.domain.terms import gettext_noop as _

_ENTROPY = {"title": "Entropy and the second law", "folder": "Part IA Chemistry"}
_MANY = {"count": "14", "hours": "11.5", "folders": "Part IA Chemistry (9), Part IB Chemistry (5)"}

KEEPING: Mapping[NoticeKind, Wording] = {
    NoticeKind.WILL_BE_ARCHIVED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Recordings that you answer for are about to be archived"),
        subject=_("Recordings that will be archived on {day}: {count}"),
        paragraphs=(
            _("What was made before {day} goes to the archive that night. Recordings: {count}; hours: {hours}."),
            _("They are in: {folders}."),
            _("Archived recordings cannot be watched until somebody restores them. Their address and captions stay."),
        ),
        way_on=_(
            "You need do nothing, or can let them go on the page of this list. If a course needs one for longer, ask for that"
            " on its page before that day; to keep a "
            "file of one, download it while it is here."
        ),
        button=_("See which ones"),
        digest=_("Recordings will be archived: {count} notices"),
        is_must=True,
        example={**_MANY, "day": date(2026, 9, 1)},
    ),
    NoticeKind.WAS_ARCHIVED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Recordings that you answer for were archived"),
        subject=_("Recordings that were archived: {count}"),
        paragraphs=(
            _("Archived by the run of {day}: {count} recordings, with {hours} hours."),
            _("They are in: {folders}."),
            _(
                "They will be deleted for good on {deleted} unless they are restored before, or something keeps them longer."
            ),
        ),
        way_on=_("Whoever may watch one can restore it from its page."),
        button=_("See which ones"),
        digest=_("Recordings were archived: {count} notices"),
        is_must=True,
        example={**_MANY, "day": date(2026, 9, 1), "deleted": date(2027, 8, 31)},
    ),
    NoticeKind.FOLDER_LEFT: Wording(
        topic=Topic.ACCESS,
        when=_("Nobody looks after a folder any more"),
        subject=_("Nobody looks after “{folder}” any more"),
        paragraphs=(
            _("“{folder}” has no active Creator and no contact of a department. {why}"),
            _("Until somebody is made a Creator, you answer for what is in it."),
        ),
        way_on=_("Make an active person a Creator of the folder."),
        button=_("See who has access"),
        digest=_("{count} folders that nobody looks after any more"),
        is_must=True,
        example={
            "folder": "Part IA Chemistry",
            "why": Phrase(_("The account of {name} was closed."), {"name": "Alice Chapman"}),
        },
    ),
    NoticeKind.ORIGINAL_IN_BIN: Wording(
        topic=Topic.RECORDINGS,
        when=_("The recording that a copy of yours plays is put into the bin"),
        subject=_("“{title}” has stopped playing: its original is in the bin"),
        paragraphs=(
            _("“{title}” in {folder} is a copy that plays another recording. That one was put into the bin."),
            _("The bin keeps it until {until}. Then it is deleted for good, and the copy cannot be saved."),
        ),
        way_on=_("If you need the copy, open it before that day and make it full: it gets media of its own."),
        button=_("Open the copy"),
        digest=_("The originals of {count} of your copies are in the bin"),
        is_must=False,
        example={"title": "Entropy", "folder": "Part II Chemistry", "until": date(2027, 1, 31)},
    ),
    NoticeKind.ORIGINAL_IN_RUN: Wording(
        topic=Topic.RECORDINGS,
        when=_("The recording that a copy of yours plays will be deleted for good by a run"),
        subject=_("“{title}” stops playing for good on {day}"),
        paragraphs=(
            _("“{title}” in {folder} is a copy that plays another recording. That one is deleted for good on {day}."),
        ),
        way_on=_("If you need the copy, restore it from its page before that day: that brings back what it plays."),
        button=_("Open the copy"),
        digest=_("{count} of your copies stop playing for good"),
        is_must=False,
        example={"title": "Entropy", "folder": "Part II Chemistry", "day": date(2027, 8, 31)},
    ),
    NoticeKind.RESTORE_STARTED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A restore that you asked for begins"),
        subject=_("“{title}” is on its way back from the archive"),
        paragraphs=(
            _("“{title}” in {folder} is being made ready to play again. Mostly that takes an hour."),
            _("It takes {hours} hours at the most."),
        ),
        way_on=_("You get a notice when it plays. Its address is the same."),
        button=_("Open the recording"),
        digest=_("{count} recordings are on their way back from the archive"),
        is_must=False,
        example={**_ENTROPY, "hours": "48"},
    ),
    NoticeKind.RESTORE_ASKED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Somebody asks for a recording of yours from the archive"),
        subject=_("{who} asks for “{title}” from the archive"),
        paragraphs=(
            _("{who} would like to watch “{title}” in {folder}, which is in the archive."),
            _("More hours are stored than the licence allows, so that those who look after a recording decide."),
        ),
        way_on=_("Restore it from its page if it is needed."),
        button=_("Open the recording"),
        digest=_("{count} recordings were asked for from the archive"),
        is_must=True,
        example={**_ENTROPY, "who": "Ben Marsh"},
    ),
    NoticeKind.NOT_ARCHIVED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording that you wanted archived stays live"),
        subject=_("“{title}” was not archived"),
        paragraphs=(_("You wanted “{title}” in {folder} archived. It stays live, and plays as before."), _("{reason}")),
        way_on=_("When nothing stands against it any more, archive it again from its page."),
        button=_("Open its page"),
        digest=_("{count} recordings were not archived"),
        is_must=False,
        example={**_ENTROPY, "reason": "It is on hold."},
    ),
    NoticeKind.RESTORED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording is restored from the archive"),
        subject=_("“{title}” plays again"),
        paragraphs=(_("“{title}” in {folder} was restored from the archive. {who} asked for it."),),
        way_on=_("It stays live until the next archive run."),
        button=_("Watch it"),
        digest=_("{count} recordings were restored from the archive"),
        is_must=True,
        example={**_ENTROPY, "who": "Ben Marsh"},
    ),
    NoticeKind.RESTORE_FAILED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording cannot be restored from the archive"),
        subject=_("“{title}” could not be restored"),
        paragraphs=(
            _("“{title}” in {folder} could not be brought back from the archive, although it was tried three times."),
            _("Its archived file is kept, and no run deletes it before this is resolved."),
        ),
        way_on=_("The service team was told too. You can ask for the restore again."),
        button=_("Open the recording"),
        digest=_("{count} recordings could not be restored"),
        is_must=True,
        example=_ENTROPY,
    ),
    NoticeKind.RESTORE_LATE: Wording(
        topic=Topic.RECORDINGS,
        when=_("A restore from the archive takes longer than was promised"),
        subject=_("“{title}” is not restored yet"),
        paragraphs=(
            _("“{title}” in {folder} was to play again within {hours} hours, and does not yet."),
            _("The restore goes on. Its archived file is kept, and no run deletes it meanwhile."),
        ),
        way_on=_("You need do nothing: the service team was told too, and you get a notice when it plays."),
        button=_("Open the recording"),
        digest=_("{count} recordings are restored later than was promised"),
        is_must=True,
        example={**_ENTROPY, "hours": "48"},
    ),
    NoticeKind.WILL_BE_DELETED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Recordings that you answer for are about to be deleted for good"),
        subject=_("Recordings that will be deleted for good on {day}: {count}"),
        paragraphs=(
            _("These recordings have been in the archive for a year: {count}, with {hours} hours."),
            _("They are in: {folders}."),
            _("On {day} they are deleted, and nobody can bring them back then."),
        ),
        way_on=_(
            "If none is needed, let them go on the page of this list, and you are not reminded again. To keep one, restore it"
            " before that day, after which it "
            "can be downloaded too, or ask for an exemption on its page."
        ),
        button=_("See which ones"),
        digest=_("Recordings will be deleted for good: {count} notices"),
        is_must=True,
        example={**_MANY, "day": date(2026, 8, 31)},
    ),
    NoticeKind.WAS_DELETED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Recordings that you answered for were deleted for good"),
        subject=_("Recordings that were deleted for good: {count}"),
        paragraphs=(
            _("Deleted by the run of {day}: {count} recordings, with {hours} hours."),
            _("They were in: {folders}."),
        ),
        way_on=_("You need do nothing. They cannot be brought back."),
        button=_("See what is kept"),
        digest=_("Recordings were deleted for good: {count} notices"),
        is_must=True,
        example={**_MANY, "day": date(2026, 8, 31)},
    ),
    NoticeKind.BIN_PURGES_SOON: Wording(
        topic=Topic.RECORDINGS,
        when=_("Something of yours in the bin is about to be destroyed"),
        subject=_("“{title}” is destroyed on {day}"),
        paragraphs=(_("“{title}”, which was in {folder}, has been in the bin since {since}."),),
        way_on=_("Take it out of the bin before {day} if you need it. After that it is gone for good."),
        button=_("Open the bin"),
        digest=_("{count} recordings in the bin are destroyed soon"),
        is_must=False,
        example={**_ENTROPY, "since": date(2026, 10, 1), "day": date(2026, 12, 30)},
    ),
    NoticeKind.RUN_ENDED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A run of archiving or deleting ends or stops"),
        subject=_("{run}: {done} done, {skipped} left out"),
        paragraphs=(
            _("The run of {day}: {done} recordings done, with {hours} hours; {skipped} left out."),
            _("{remark}"),
        ),
        way_on=_("The plan says of each that was left out why. They wait for somebody to look at them."),
        button=_("Open the plan"),
        digest=_("{count} runs ended"),
        is_must=True,
        example={
            "run": "Archive run 2026",
            "done": "1204",
            "skipped": "3",
            "hours": "990.5",
            "day": date(2026, 9, 1),
            "remark": "More was found than the plan allows for. Please look at what was left out.",
        },
    ),
    NoticeKind.EXEMPTION_ASKED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Somebody asks to keep something longer"),
        subject=_("{who} asks to keep “{title}” longer"),
        paragraphs=(_("{who} asks that “{title}” is kept until {until}."), _("The reason given: {reason}")),
        way_on=_("Decide before the next run."),
        button=_("Decide"),
        digest=_("{count} requests to keep something longer"),
        is_must=True,
        example={
            "title": "Part IA Chemistry",
            "who": "Alice Chapman",
            "until": date(2027, 9, 1),
            "reason": "The course is taught every other year.",
        },
    ),
    NoticeKind.EXEMPTION_ANSWERED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Your request to keep something longer is decided"),
        subject=_("Your request to keep “{title}” longer was decided"),
        paragraphs=(_("{answer}"), _("{reason}")),
        way_on=_("You can ask again when things change."),
        button=_("Open it"),
        digest=_("{count} requests to keep something longer were decided"),
        is_must=True,
        example={
            "title": "Part IA Chemistry",
            "answer": Phrase(_("It is kept until {until}."), {"until": date(2027, 9, 1)}),
            "reason": "",
        },
    ),
    NoticeKind.EXEMPTION_ENDING: Wording(
        topic=Topic.RECORDINGS,
        when=_("An exemption from archiving or deleting is about to end"),
        subject=_("“{title}” is exempt until {day} only"),
        paragraphs=(_("The exemption of “{title}” ends on {day}. The runs after that treat it like everything else."),),
        way_on=_("Ask for it again if the reason still holds."),
        button=_("Open it"),
        digest=_("{count} exemptions end soon"),
        is_must=True,
        example={"title": "Part IA Chemistry", "day": date(2027, 9, 1)},
    ),
}
