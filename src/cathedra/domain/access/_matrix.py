"""The permission matrix of R38 as data: who may do what, and under which condition."""

from enum import StrEnum

from cathedra.domain.access._words import Action, FolderRole, Standing


class Cell(StrEnum):
    """What a cell of R38 says; the text is how the table below writes it."""

    NEVER = "-"
    ALWAYS = "y"
    FOLDER = "f"  # where the standing is held on the folder
    OWN = "own"  # on the person's own items
    PUBLIC = "public"  # if the level is Public
    PUBLIC_POLICY = "public+policy"  # and the folder lets viewers download
    POLICY = "policy"  # if the folder lets viewers download
    CREATORS_POLICY = "f+policy"  # unless the folder lets nobody download
    GRANT = "g"  # under a live grant
    GRANT_MANAGE = "g:manage"
    GRANT_EXPORT = "g:export"
    NO_PUBLISHER = "alone"  # if the folder has no active Publisher (R68)
    OWN_SCHEDULE = "schedule"  # captures that the person scheduled
    CAPTION_REQUESTER = "captions"  # with that system role
    RECORDER = "recorder"  # with the right to schedule on the recorder (R152)
    OWN_APPROVALS = "approvals"  # items that the person decided
    ADDING = "adding"  # if the person may add recordings to the folder, or submit there (T18)
    ENROLLED = "enrolled"  # in an assignment folder of a course that the person is enrolled on (T1, R82, R182)


S = Standing
COLUMNS = (
    S.ANONYMOUS,
    S.VIEWER,
    S.CREATOR,
    S.PUBLISHER,
    S.CONTENT_ORGANIZER,
    S.ANALYTICS_MANAGER,
    S.SCHEDULER,
    S.VIDEOGRAPHER,
    S.SERVICE_ADMIN,
    S.SYS_ADMIN,
    S.AUDITOR,
    S.OWNER,
    S.GRANTEE,
)
# Anonymous Viewer Creator Publisher Organizer Analytics Scheduler Videographer service_admin sys_admin | others
_ROWS: dict[Action, str] = {
    Action.VIEW: "public f f f f - - f g g | - y g",  # 1
    Action.VIEW_OWN: "- own own own own - own own own own | own y -",  # 2
    Action.VIEW_EARLY: "- - f f - - - f g g | - y g",  # 3
    Action.CREATE_RECORDING: "- enrolled f - - - f f - - | - - -",  # 4, and T1 for whoever submits
    Action.EDIT_MEDIA: "- - f - - - - f g:manage - | - - g:manage",  # 5
    Action.EDIT_RECORDING: "- - f - f - - f y - | - - g:manage",  # 6
    Action.DELETE: "- - f - - - schedule own y - | - - -",  # 7
    Action.RESTORE_FROM_BIN: "- - f - - - - own y - | - - -",  # 8
    Action.PURGE: "- - own - - - - - y - | - - -",  # 9
    Action.APPROVE: "- - - f - - - - alone - | - - -",  # 10
    Action.SET_AVAILABILITY: "- - f f - - - - y - | - - g:manage",  # 11
    Action.SHARE: "- - f - f - - - y - | - - -",  # 12
    Action.MANAGE_MEMBERS: "- - f - - - - - y - | - - -",  # 13
    Action.COPY: "- - f - f - - - y - | - - -",  # 14
    Action.MOVE: "- - f - f - - - y - | - - g:manage",  # 14
    Action.DOWNLOAD: "public+policy policy f+policy policy policy - - f+policy g:export - | - y g:export",  # 15
    Action.RESTORE_FROM_ARCHIVE: "- f f f f - - f y - | - y -",  # 16
    Action.KEEP_NOTES: "- f f f f - - f - - | - y -",  # 17
    Action.COMMENT: "- f f f f - - f y - | - y -",  # 18
    Action.MODERATE: "- - f f - - - - y - | - - -",  # 18
    Action.SEE_STATISTICS: "- - f f - f - - y - | - - -",  # 19
    Action.ORDER_CAPTIONS: "- - captions - - - - - y - | - - -",  # 20
    Action.SCHEDULE_RECORDER: "- - recorder - - - recorder recorder y - | - - -",  # 21
    Action.REVIEW: "- - - - - - - - y - | - - -",  # 22
    Action.SEE_METERS: "- own f - - f - - y y | y y -",  # 23
    Action.MANAGE_METERS: "- - - - - - - - y - | - - -",  # 23
    Action.ADMINISTER: "- - - - - - - - - y | - - -",  # 24
    Action.READ_AUDIT: "- own f approvals - - - - y y | y y -",  # 25
    # What the product has words for beside the 25 rows
    Action.LIST: "public f f f f - - f - - | - y g",
    Action.SEE_PROGRESS: "- - f f - - - f - - | - y -",
    Action.SEE_METADATA: "- - f f f f - f y y | - y g",
    Action.PROCESS_AGAIN: "- - f - - - - - y - | - y -",
    Action.REPLACE_FILE: "- - f - - - - - y - | - adding -",
    Action.CHANGE_OWNER: "- - f - - - - - y - | - y -",
    Action.SUBMIT: "- - f - - - - - - - | - - -",
    Action.SEE_FOLDER: "public f f f f f f f - - | - - g",
    Action.LIST_FOLDER: "public f f f f f f f - - | - - -",
    Action.CREATE_FOLDER: "- - f - f - - - - - | - - -",
    Action.EDIT_FOLDER: "- - f - - - - - y - | - - -",
}


def _row(text: str) -> dict[Standing, Cell]:
    return {column: Cell(cell) for column, cell in zip(COLUMNS, text.replace("|", " ").split(), strict=True)}


MATRIX: dict[Action, dict[Standing, Cell]] = {action: _row(text) for action, text in _ROWS.items()}

# What each folder role gives by itself, without a further condition: sets, not a ladder (R18 to R23).
CAPABILITIES: dict[FolderRole, frozenset[Action]] = {
    role: frozenset(action for action, row in MATRIX.items() if row[Standing(role)] is Cell.FOLDER)
    for role in FolderRole
}


def capabilities(roles: frozenset[FolderRole]) -> frozenset[Action]:
    """The union of what each role gives (R32 for members)."""
    return frozenset(action for role in roles for action in CAPABILITIES[role])
