"""How notices about recordings and their approval are worded."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from cathedra.domain.notices._words import NoticeKind, Topic, Wording
from cathedra.domain.terms import gettext_noop as _

_ENTROPY = {"title": "Entropy and the second law", "folder": "Part IA Chemistry"}

RECORDINGS: Mapping[NoticeKind, Wording] = {
    NoticeKind.RECORDING_READY: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is ready to watch"),
        subject=_("“{title}” is ready to watch"),
        paragraphs=(_("Your recording “{title}” in {folder} has been prepared and plays now."),),
        way_on=_("You need do nothing. Watch it through once if you would like to trim it or correct its title."),
        button=_("Watch it"),
        digest=_("{count} of your recordings are ready to watch"),
        is_must=False,
        example=_ENTROPY,
    ),
    NoticeKind.PROCESSING_FAILED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours could not be prepared"),
        subject=_("“{title}” could not be prepared"),
        paragraphs=(
            _("The recording “{title}” in {folder}, which belongs to {owner}, cannot be played."),
            _("{problem}"),
        ),
        way_on=_("The file is kept. Open the recording to have it processed again, or to replace the file by another."),
        button=_("See what happened"),
        digest=_("{count} recordings could not be prepared"),
        is_must=True,
        example={
            **_ENTROPY,
            "owner": "Alice Chapman",
            "problem": "There is no sound or picture in this file that can be read. Is it really a recording?",
        },
    ),
    NoticeKind.INPUT_DROPPED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Part of what you uploaded could not be used"),
        subject=_("Part of “{title}” could not be used"),
        paragraphs=(
            _("Your recording “{title}” in {folder} plays, but something that came with it was left out."),
            _("{parts}"),
        ),
        way_on=_(
            "If you need what is missing, add that file again: a recording as a second picture of this one, slides beside "
            "its chapters."
        ),
        button=_("Open the recording"),
        digest=_("Parts of {count} of your recordings could not be used"),
        is_must=True,
        example={**_ENTROPY, "parts": "slides.mkv: the picture stops in the middle of the file."},
    ),
    NoticeKind.SAVED_ANEW: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours was saved anew without what was cut"),
        subject=_("“{title}” was saved as a new recording"),
        paragraphs=(
            _("“{title}” in {folder} is a recording of its own now, which holds only what was kept."),
            _(
                "Until {until} the one with everything in it lies in the bin, and can be restored. Its hours stay counted "
                "as stored until it is gone from there."
            ),
        ),
        way_on=_("Links to the old recording do not lead to the new one: pass on its new address."),
        button=_("Watch it"),
        other_button=_("Open the bin"),
        digest=_("{count} of your recordings were saved anew"),
        is_must=True,
        example={**_ENTROPY, "until": date(2026, 12, 26)},
    ),
    NoticeKind.SAVING_FAILED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours could not be saved anew"),
        subject=_("“{title}” could not be saved as a new recording"),
        paragraphs=(_("“{title}” in {folder} is as it was, and nothing is in the bin."), _("{problem}")),
        way_on=_("Open the recording to look at its cuts, and save it anew once more."),
        button=_("Open the recording"),
        digest=_("{count} recordings could not be saved anew"),
        is_must=True,
        example={**_ENTROPY, "problem": "trying again did not help."},
    ),
    NoticeKind.CAPTIONS_READY: Wording(
        topic=Topic.RECORDINGS,
        when=_("Captions that you asked for are ready"),
        subject=_("“{title}” has its captions"),
        paragraphs=(_("“{title}” in {folder} was listened to, and has automatic captions now."),),
        way_on=_("Words that are not sure are marked. Look them through, and correct what is wrong."),
        button=_("See the captions"),
        digest=_("{count} recordings have their captions"),
        is_must=False,
        example=_ENTROPY,
    ),
    NoticeKind.CAPTIONS_FAILED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Captions of a recording of yours could not be made"),
        subject=_("The captions of “{title}” could not be made"),
        paragraphs=(_("“{title}” in {folder} plays as it did, but has no automatic captions: {problem}"),),
        way_on=_("Ask for them again, or upload captions as a file."),
        button=_("See the captions"),
        digest=_("The captions of {count} recordings could not be made"),
        is_must=False,
        example={**_ENTROPY, "problem": "trying again did not help."},
    ),
    NoticeKind.HELD_BY_POLICY: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording is held because of the acceptable-use policy"),
        subject=_("“{title}” is on hold: it does not fit the acceptable-use policy"),
        paragraphs=(
            _("“{title}” in {folder} cannot be watched by anybody else for now."),
            _("The requirement that is not met: {requirement}"),
        ),
        way_on=_("Open the recording to change what you declared about it, or to ask the service team to look at it."),
        button=_("Open the recording"),
        digest=_("{count} recordings are on hold under the acceptable-use policy"),
        is_must=True,
        example={**_ENTROPY, "requirement": "It supports current students working towards a qualification here."},
    ),
    NoticeKind.HELD: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording is put on hold"),
        subject=_("“{title}” is on hold"),
        paragraphs=(
            _("“{title}” in {folder} was put on hold and cannot be watched for now."),
            _("The reason given: {reason}"),
        ),
        way_on=_("Nothing is lost while it is held. Open the recording to see how to answer or appeal."),
        button=_("Open the recording"),
        digest=_("{count} recordings were put on hold"),
        is_must=True,
        example={**_ENTROPY, "reason": "A person in the picture has asked for it to be taken down."},
    ),
    NoticeKind.HOLD_RELEASED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A hold on a recording is released"),
        subject=_("“{title}” is no longer on hold"),
        paragraphs=(_("The hold on “{title}” in {folder} was released. It stands again as it stood before."),),
        way_on=_("You need do nothing."),
        button=_("Open the recording"),
        digest=_("{count} recordings are no longer on hold"),
        is_must=True,
        example=_ENTROPY,
    ),
    NoticeKind.ITEM_DELETED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Somebody else deletes something of yours"),
        subject=_("{who} deleted “{title}”"),
        paragraphs=(_("{who} put “{title}”, which is yours, in the bin on {when}. It was in {folder}."),),
        way_on=_("It can be restored until {until}. After that it is gone for good."),
        button=_("Open the bin"),
        digest=_("{count} things of yours were deleted by others"),
        is_must=True,
        example={
            **_ENTROPY,
            "who": "Chloe Okafor",
            "when": datetime(2026, 11, 26, 14, 5, tzinfo=UTC),
            "until": date(2026, 12, 26),
        },
    ),
    NoticeKind.OWNER_CHANGED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording changes its owner, from you or to you"),
        subject=_("“{title}” now belongs to {new}"),
        paragraphs=(_("{who} made {new} the owner of “{title}” in {folder}. Before, it belonged to {old}."),),
        way_on=_(
            "The owner is asked about the recording’s access and told about its archiving. If this is a mistake, "
            "tell {who}."
        ),
        button=_("Open the recording"),
        digest=_("{count} recordings changed their owner"),
        is_must=True,
        example={**_ENTROPY, "who": "Dev Patel", "old": "Alice Chapman", "new": "Chloe Okafor"},
    ),
}

APPROVAL: Mapping[NoticeKind, Wording] = {
    NoticeKind.WAITING_FOR_APPROVAL: Wording(
        topic=Topic.APPROVAL,
        when=_("A recording waits for your approval"),
        subject=_("“{title}” waits for your approval"),
        paragraphs=(
            _("{who} submitted “{title}” to {folder}, where a Publisher approves recordings before students see them."),
        ),
        way_on=_("Watch it, then approve it or return it with a reason. One Publisher’s approval is enough."),
        button=_("Decide"),
        other_button=_("Watch it first"),
        digest=_("{count} recordings wait for your approval"),
        is_must=True,
        at_once=10,  # R64
        example={**_ENTROPY, "who": "Alice Chapman"},
    ),
    NoticeKind.APPROVED: Wording(
        topic=Topic.APPROVAL,
        when=_("A recording of yours is approved"),
        subject=_("“{title}” was approved"),
        paragraphs=(_("{who} approved “{title}”. The people who can see {folder} can watch it now."),),
        way_on=_("You need do nothing."),
        button=_("Open the recording"),
        digest=_("{count} of your recordings were approved"),
        is_must=False,
        example={**_ENTROPY, "who": "Chloe Okafor"},
    ),
    NoticeKind.REJECTED: Wording(
        topic=Topic.APPROVAL,
        when=_("A recording of yours is returned by a Publisher"),
        subject=_("“{title}” was returned to you"),
        paragraphs=(
            _("{who} looked at “{title}” and did not approve it for {folder}. Students cannot see it."),
            _("The reason given: {reason}"),
        ),
        way_on=_("Change what is asked for, then submit it again from the recording’s page."),
        button=_("Open the recording"),
        digest=_("{count} of your recordings were returned to you"),
        is_must=True,
        example={
            **_ENTROPY,
            "who": "Chloe Okafor",
            "reason": "The first five minutes show the students’ names. Please trim.",
        },
    ),
    NoticeKind.APPROVAL_OVERDUE: Wording(
        topic=Topic.APPROVAL,
        when=_("A recording has waited long for approval"),
        subject=_("“{title}” has waited {days} working days for approval"),
        paragraphs=(_("“{title}”, submitted by {who}, has waited in {folder} since {since}. Students cannot see it."),),
        way_on=_("A Publisher of the folder can approve it or return it with a reason."),
        button=_("See what waits"),
        digest=_("{count} recordings have waited long for approval"),
        is_must=True,
        example={**_ENTROPY, "who": "Alice Chapman", "since": date(2026, 11, 23), "days": "3"},
    ),
    NoticeKind.WAITING_IN_FOLDER: Wording(
        topic=Topic.APPROVAL,
        when=_("Approval is switched on for a folder with recordings in it"),
        subject=_("Recordings in {folder} wait for your approval: {count}"),
        paragraphs=(
            _("{who} switched approval on for {folder}."),
            _("Recordings in it that wait now: {count}. Until they are approved, students cannot see them."),
        ),
        way_on=_("Approve them together or one by one. One Publisher’s approval is enough."),
        button=_("See what waits"),
        digest=_("Approval was switched on in {count} folders"),
        is_must=True,
        example={"folder": "Part IA Chemistry", "who": "Alice Chapman", "count": "12"},
    ),
    NoticeKind.APPROVED_IN_FOLDER: Wording(
        topic=Topic.APPROVAL,
        when=_("Approval is switched off for a folder with recordings of yours"),
        subject=_("Your recordings in {folder} can be watched now: {count}"),
        paragraphs=(
            _("{who} switched approval off for {folder}."),
            _("Published now: {titles}."),
            _("What a Publisher returned stays as it is."),
        ),
        way_on=_("You need do nothing."),
        button=_("Open the folder"),
        digest=_("Approval was switched off in {count} folders"),
        is_must=False,
        example={"folder": "Part IA Chemistry", "who": "Chloe Okafor", "count": "1", "titles": "Entropy"},
    ),
    NoticeKind.WITHDRAWN: Wording(
        topic=Topic.APPROVAL,
        when=_("A recording that waited for your approval is withdrawn"),
        subject=_("“{title}” needs no approval for now"),
        paragraphs=(_("{who} withdrew “{title}” in {folder}. It no longer waits for you."),),
        way_on=_("You need do nothing. You are told if it is handed in again."),
        button=_("See what waits"),
        digest=_("{count} recordings were withdrawn from approval"),
        is_must=False,
        example={**_ENTROPY, "who": "Alice Chapman"},
    ),
    NoticeKind.IMPORT_WAITS: Wording(
        topic=Topic.RECORDINGS,
        when=_("An imported recording waits for your decision"),
        subject=_("“{title}” was imported for you: keep it or discard it?"),
        paragraphs=(
            _("“{title}” came here on {since}. Nobody but you can see it, and it cannot be played yet."),
            _("If you do nothing, it goes to your bin on {until}."),
        ),
        way_on=_("To keep it, say what it is for. Then it is prepared as any recording of yours."),
        button=_("Open your intake list"),
        digest=_("{count} imported recordings wait for your decision"),
        is_must=True,
        example={"title": "Supervision on entropy", "since": date(2026, 10, 1), "until": date(2026, 10, 31)},
    ),
}
