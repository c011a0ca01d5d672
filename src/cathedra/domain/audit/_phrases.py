"""What each event is called for people. An action that somebody records has its line here: a house test holds them
together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cathedra.domain.terms import gettext_noop as _


class Topic(StrEnum):
    """What an event is about: how lists of actions are grouped."""

    SIGN_IN = "sign_in"
    PEOPLE = "people"
    ACCESS = "access"
    APPROVAL = "approval"
    GRANT = "grant"
    TERMS = "terms"
    RECORDING = "recording"
    FOLDER = "folder"
    KEEPING = "keeping"
    UPLOAD = "upload"
    STAFF = "staff"
    SYSTEM = "system"


TOPICS: Mapping[Topic, str] = {
    Topic.SIGN_IN: _("Sign-in"),
    Topic.PEOPLE: _("People and groups"),
    Topic.ACCESS: _("Access and sharing"),
    Topic.APPROVAL: _("Approval"),
    Topic.GRANT: _("Administrative access"),
    Topic.TERMS: _("Terms and policy"),
    Topic.RECORDING: _("Recordings"),
    Topic.FOLDER: _("Folders"),
    Topic.KEEPING: _("Archive and bin"),
    Topic.UPLOAD: _("Uploads and processing"),
    Topic.STAFF: _("Staff at work"),
    Topic.SYSTEM: _("The system"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What happened, in a few words; whether the owner of the thing is shown it (R225)."""

    label: str
    topic: Topic
    is_for_owner: bool = True


def _hidden(label: str, topic: Topic) -> Phrase:
    return Phrase(label, topic, is_for_owner=False)


PHRASES: Mapping[str, Phrase] = {
    # sign-in
    "account:sign_in": Phrase(_("Signed in"), Topic.SIGN_IN),
    "account:fail_sign_in": Phrase(_("Sign-in failed"), Topic.SIGN_IN),
    "account:fail_second_step": Phrase(_("Code or key not accepted"), Topic.SIGN_IN),
    "account:sign_out": Phrase(_("Signed out"), Topic.SIGN_IN),
    "account:end_sign_ins": Phrase(_("Signed out everywhere else"), Topic.SIGN_IN),
    "account:change_password": Phrase(_("Password changed"), Topic.SIGN_IN),
    "account:turn_on_app": Phrase(_("Authenticator app turned on"), Topic.SIGN_IN),
    "account:turn_off_app": Phrase(_("Authenticator app turned off"), Topic.SIGN_IN),
    "account:add_key": Phrase(_("Passkey or security key added"), Topic.SIGN_IN),
    "account:remove_key": Phrase(_("Passkey or security key removed"), Topic.SIGN_IN),
    "account:make_recovery_codes": Phrase(_("New recovery codes made"), Topic.SIGN_IN),
    # people
    "account:create_first_administrator": Phrase(_("First administrator made"), Topic.PEOPLE),
    "account:create": Phrase(_("Account made"), Topic.PEOPLE),
    "account:close": Phrase(_("Account closed"), Topic.PEOPLE),
    "account:reopen": Phrase(_("Account opened again"), Topic.PEOPLE),
    "account:edit": Phrase(_("Person's details changed"), Topic.PEOPLE),
    "account:invite": Phrase(_("Invitation made"), Topic.PEOPLE),
    "account:accept_invitation": Phrase(_("Invitation accepted"), Topic.PEOPLE),
    "account:end_all_sign_ins": Phrase(_("Signed out everywhere by staff"), Topic.PEOPLE),
    "account:reset_second_step": Phrase(_("Second step of sign-in reset"), Topic.PEOPLE),
    "role:give": Phrase(_("System role given"), Topic.PEOPLE),
    "role:renew": Phrase(_("System role reviewed"), Topic.PEOPLE),
    "role:withdraw": Phrase(_("System role withdrawn"), Topic.PEOPLE),
    "role:end": Phrase(_("System role ended by the calendar"), Topic.PEOPLE),
    "group:create": Phrase(_("Group made"), Topic.PEOPLE),
    "group:rename": Phrase(_("Group renamed"), Topic.PEOPLE),
    "group:remove": Phrase(_("Group removed"), Topic.PEOPLE),
    "group:add_members": Phrase(_("People put into a group"), Topic.PEOPLE),
    "group:remove_members": Phrase(_("People taken out of a group"), Topic.PEOPLE),
    "group:push": Phrase(_("Group's members sent by another system"), Topic.PEOPLE),
    # folders
    "folder:create": Phrase(_("Folder made"), Topic.FOLDER),
    # access
    "folder:recycle": Phrase(_("Folder put into the bin with everything in it"), Topic.KEEPING),
    "folder:take_back": Phrase(_("Folder taken out of the bin with everything in it"), Topic.KEEPING),
    "folder:share": Phrase(_("Role on the folder given"), Topic.ACCESS),
    "folder:unshare": Phrase(_("Role on the folder taken away"), Topic.ACCESS),
    "folder:stop_inheriting": Phrase(_("Folder has members of its own"), Topic.ACCESS),
    "folder:inherit": Phrase(_("Folder inherits its members again"), Topic.ACCESS),
    "folder:set_level": Phrase(_("Sharing of the folder changed"), Topic.ACCESS),
    "folder:set_availability": Phrase(_("Availability of the folder changed"), Topic.ACCESS),
    "folder:set_summative": Phrase(_("Whether its submissions count for a mark changed"), Topic.FOLDER),
    "folder:set_public_notes": Phrase(_("Whether notes may be public changed"), Topic.FOLDER),
    "recording:add_public_note": Phrase(_("Public note written"), Topic.RECORDING),
    "recording:change_public_note": Phrase(_("Public note changed"), Topic.RECORDING),
    "recording:remove_public_note": Phrase(_("Public note removed"), Topic.RECORDING),
    "folder:set_downloads": Phrase(_("Who may download from the folder changed"), Topic.ACCESS),
    "folder:clear_overrides": Phrase(_("Recordings follow the folder again"), Topic.ACCESS),
    "folder:request_access": Phrase(_("Access to the folder asked for"), Topic.ACCESS),
    "folder:answer_request": Phrase(_("Request for access answered"), Topic.ACCESS),
    "recording:share": Phrase(_("Viewers of the recording added"), Topic.ACCESS),
    "recording:unshare": Phrase(_("Viewer of the recording taken away"), Topic.ACCESS),
    "recording:set_level": Phrase(_("Sharing of the recording changed"), Topic.ACCESS),
    "recording:set_availability": Phrase(_("Availability of the recording changed"), Topic.ACCESS),
    "recording:set_downloads": Phrase(_("Who may download the recording changed"), Topic.ACCESS),
    "recording:follow_folder": Phrase(_("Recording follows its folder again"), Topic.ACCESS),
    "recording:restrict": Phrase(_("Recording shown to some people only"), Topic.ACCESS),
    "recording:request_access": Phrase(_("Access to the recording asked for"), Topic.ACCESS),
    "recording:answer_request": Phrase(_("Request for access answered"), Topic.ACCESS),
    "exemption:give": Phrase(_("Exemption given"), Topic.ACCESS),
    "exemption:end": Phrase(_("Exemption taken back"), Topic.ACCESS),
    # recordings
    "recording:create": Phrase(_("Recording begun"), Topic.RECORDING),
    "recording:begin_capture": Phrase(_("Recording in a browser begun"), Topic.RECORDING),
    "recording:pause_capture": Phrase(_("Recording paused"), Topic.RECORDING),
    "recording:resume_capture": Phrase(_("Recording went on"), Topic.RECORDING),
    "recording:stop_capture": Phrase(_("Recording stopped"), Topic.RECORDING),
    "recording:cancel_capture": Phrase(_("Recording cancelled"), Topic.RECORDING),
    "recording:finish_capture": Phrase(_("Recording finished with what had arrived"), Topic.RECORDING),
    "recording:cut_pauses": Phrase(_("What was paused was cut"), Topic.RECORDING),
    "recording:cut": Phrase(_("Cuts saved"), Topic.RECORDING),
    "recording:show_edit": Phrase(_("Edited version shown to viewers"), Topic.RECORDING),
    "recording:join_edited": Phrase(_("Edited version put into one file for download"), Topic.UPLOAD),
    "recording:cut_failed": Phrase(_("Cuts could not be prepared"), Topic.RECORDING),
    "recording:save_anew": Phrase(_("Asked to save it as a new recording, without what is cut"), Topic.RECORDING),
    "recording:keep_parts": Phrase(_("What is kept was joined for a new recording"), Topic.RECORDING),
    "recording:finish_saving": Phrase(_("Saved as a new recording, without what was cut"), Topic.RECORDING),
    "recording:save_failed": Phrase(_("Could not be saved as a new recording"), Topic.RECORDING),
    "recording:sweep_edges": Phrase(_("Files of earlier cuts removed"), Topic.SYSTEM),
    "recording:ask_slides": Phrase(_("Slides asked for again"), Topic.RECORDING),
    "recording:add_chapter": Phrase(_("Chapter added"), Topic.RECORDING),
    "recording:change_chapter": Phrase(_("Chapter changed"), Topic.RECORDING),
    "recording:remove_chapter": Phrase(_("Chapter removed"), Topic.RECORDING),
    "recording:reset_chapters": Phrase(_("Chapters set from the slides again"), Topic.RECORDING),
    "recording:add_deck": Phrase(_("Slides file added"), Topic.RECORDING),
    "recording:remove_deck": Phrase(_("Slides file removed"), Topic.RECORDING),
    "recording:add_description": Phrase(_("Audio description added"), Topic.RECORDING),
    "recording:remove_description": Phrase(_("Audio description removed"), Topic.RECORDING),
    "recording:prepare_description": Phrase(_("Audio description made ready to be heard"), Topic.UPLOAD),
    "recording:description_failed": Phrase(_("Audio description could not be used"), Topic.RECORDING),
    "recording:edit": Phrase(_("Details changed"), Topic.RECORDING),
    "captions:hear": Phrase(_("Captions made automatically"), Topic.RECORDING),
    "captions:hear_failed": Phrase(_("Captions could not be made"), Topic.RECORDING),
    "captions:ask": Phrase(_("Automatic captions asked for"), Topic.RECORDING),
    "captions:edit": Phrase(_("Captions edited"), Topic.RECORDING),
    "captions:upload": Phrase(_("Captions uploaded"), Topic.RECORDING),
    "captions:reword": Phrase(_("Words replaced in captions"), Topic.RECORDING),
    "captions:delete": Phrase(_("Captions deleted"), Topic.RECORDING),
    "folder:set_captions": Phrase(_("Showing of automatic captions changed"), Topic.FOLDER),
    "glossary:edit": Phrase(_("Words of the course changed"), Topic.FOLDER),
    "recording:remove_draft": Phrase(_("Unfinished recording removed"), Topic.RECORDING),
    "recording:change_owner": Phrase(_("Owner changed"), Topic.RECORDING),
    "recording:move": Phrase(_("Moved to another folder"), Topic.RECORDING),
    "recording:copy": Phrase(_("Copied"), Topic.RECORDING),
    "recording:finish_copy": Phrase(_("Copy finished"), Topic.RECORDING),
    "recording:ask_full": Phrase(_("Asked to make the copy full"), Topic.RECORDING),
    "recording:make_full": Phrase(_("The copy has media of its own"), Topic.RECORDING),
    "recording:fail_full": Phrase(_("The copy could not be made full"), Topic.RECORDING),
    "folder:export_views": Phrase(_("Viewing statistics of the folder taken as a file"), Topic.FOLDER),
    "recording:export_views": Phrase(_("Viewing statistics taken as a file"), Topic.RECORDING),
    "recording:download": Phrase(_("Downloaded"), Topic.RECORDING),
    "recording:download_of_copy": Phrase(_("Downloaded from a copy"), Topic.RECORDING),
    # keeping
    "recording:archive": Phrase(_("Archived"), Topic.KEEPING),
    "recording:ask_restore": Phrase(_("Restore asked for"), Topic.KEEPING),
    "recording:restore": Phrase(_("Restored from the archive"), Topic.KEEPING),
    "recording:retry_restore": Phrase(_("Restoring begun again"), Topic.KEEPING),
    "recording:fail_restore": Phrase(_("Could not be restored"), Topic.KEEPING),
    "recording:recycle": Phrase(_("Put into the bin"), Topic.KEEPING),
    "recording:take_back": Phrase(_("Taken out of the bin"), Topic.KEEPING),
    "recording:purge": Phrase(_("Deleted for good"), Topic.KEEPING),
    "recording:skip": _hidden(_("Left out by a run"), Topic.KEEPING),
    "recording:let_go": Phrase(_("Let go with a run"), Topic.KEEPING),
    "recording:tell_again": Phrase(_("No longer let go with a run"), Topic.KEEPING),
    "recording:settle_left_out": _hidden(_("Dealt with after a run left it out"), Topic.KEEPING),
    "exemption:ask": Phrase(_("Asked to keep longer"), Topic.KEEPING),
    "exemption:decide": Phrase(_("Request to keep longer decided"), Topic.KEEPING),
    "exemption:take_back": Phrase(_("Exemption from the runs taken back"), Topic.KEEPING),
    "run:try": _hidden(_("Rule of keeping tried"), Topic.KEEPING),
    "run:freeze": _hidden(_("Plan of a run frozen"), Topic.KEEPING),
    "run:tell": _hidden(_("People told of a run"), Topic.KEEPING),
    "run:begin": _hidden(_("Run begun"), Topic.KEEPING),
    "run:end": _hidden(_("Run ended"), Topic.KEEPING),
    "run:stop": _hidden(_("Run stopped"), Topic.KEEPING),
    "run:resume": _hidden(_("Run let go on"), Topic.KEEPING),
    "tombstones:forget": _hidden(_("Memory of deleted recordings erased"), Topic.KEEPING),
    # approval
    "recording:submit": Phrase(_("Handed to the Publishers"), Topic.APPROVAL),
    "recording:approve": Phrase(_("Approved"), Topic.APPROVAL),
    "recording:reject": Phrase(_("Returned by a Publisher"), Topic.APPROVAL),
    "recording:withdraw": Phrase(_("Withdrawn from approval"), Topic.APPROVAL),
    "recording:resubmit": Phrase(_("Handed in again"), Topic.APPROVAL),
    "folder:switch_approval_on": Phrase(_("Approval switched on"), Topic.APPROVAL),
    "folder:switch_approval_off": Phrase(_("Approval switched off"), Topic.APPROVAL),
    "approval:remind": _hidden(_("Publishers reminded"), Topic.APPROVAL),
    # uploads and processing
    "upload:open": Phrase(_("Upload begun"), Topic.UPLOAD),
    "upload:complete": Phrase(_("Upload complete"), Topic.UPLOAD),
    "upload:terminate": Phrase(_("Upload cancelled"), Topic.UPLOAD),
    "upload:expire": Phrase(_("Upload given up after its time"), Topic.UPLOAD),
    "recording:receive": Phrase(_("File received"), Topic.UPLOAD),
    "recording:take_in": Phrase(_("Imported; waits for its owner"), Topic.UPLOAD),
    "recording:keep_import": Phrase(_("Import kept"), Topic.UPLOAD),
    "recording:discard_import": Phrase(_("Import discarded"), Topic.UPLOAD),
    "recording:give_up_import": Phrase(_("Import discarded: nobody decided"), Topic.UPLOAD),
    "recording:prepare": Phrase(_("Preparation begun"), Topic.UPLOAD),
    "recording:ready": Phrase(_("Ready to play"), Topic.UPLOAD),
    "recording:add_stream": Phrase(_("Second picture added"), Topic.UPLOAD),
    "recording:read_slides": Phrase(_("Slides looked for"), Topic.UPLOAD),
    "recording:slides_failed": Phrase(_("Slides could not be looked for"), Topic.UPLOAD),
    "recording:encode": Phrase(_("Smaller versions made"), Topic.UPLOAD),
    "recording:encode_failed": Phrase(_("Smaller versions could not be made"), Topic.UPLOAD),
    "recording:copy_failed": Phrase(_("File could not be played as it is; it is encoded instead"), Topic.UPLOAD),
    "recording:drop_source": Phrase(_("File left out"), Topic.UPLOAD),
    "recording:fail": Phrase(_("Preparation failed"), Topic.UPLOAD),
    "recording:process_again": Phrase(_("Processed again"), Topic.UPLOAD),
    "recording:replace_file": Phrase(_("File replaced by another"), Topic.UPLOAD),
    "recording:drop_replaced": Phrase(_("Replaced file removed"), Topic.UPLOAD),
    "source:store": Phrase(_("Original stored"), Topic.UPLOAD),
    # terms and policy
    "terms:publish": _hidden(_("Version published"), Topic.TERMS),
    "terms:accept": _hidden(_("Terms of use accepted"), Topic.TERMS),
    "terms:acknowledge": _hidden(_("Acceptable use policy read"), Topic.TERMS),
    "terms:decline": _hidden(_("Not accepted"), Topic.TERMS),
    "policy:export_dry_run": _hidden(_("What a version of the policy would change taken as a file"), Topic.TERMS),
    "policy:activate": _hidden(_("Version of the policy activated"), Topic.TERMS),
    "recording:declare": Phrase(_("Use declared"), Topic.RECORDING),
    "recording:declare_standing": Phrase(_("Use declared by the standing declaration of its course"), Topic.RECORDING),
    "standing:give": _hidden(_("Captures of a course declared in advance"), Topic.TERMS),
    "standing:withdraw": _hidden(_("Standing declaration withdrawn"), Topic.TERMS),
    "recording:refer": Phrase(_("Referred to the service team"), Topic.RECORDING),
    "recording:report": _hidden(_("Reported as outside the policy"), Topic.RECORDING),  # R88
    "recording:end_case": Phrase(_("Case ended: the recording is destroyed"), Topic.RECORDING),
    "recording:settle_case": Phrase(_("Question settled by the declaration"), Topic.RECORDING),
    "recording:hold": Phrase(_("Put on hold"), Topic.RECORDING),
    "recording:release_hold": Phrase(_("Hold released"), Topic.RECORDING),
    "recording:open_hold": _hidden(_("Why it was put on hold"), Topic.RECORDING),
    "recording:close_hold": _hidden(_("Why the hold was released"), Topic.RECORDING),
    "recording:decide_takedown": Phrase(_("Decided that it is taken down"), Topic.RECORDING),
    "recording:take_down": Phrase(_("Taken down as decided"), Topic.RECORDING),
    "recording:propose_exemption": _hidden(_("Exemption proposed"), Topic.RECORDING),
    "recording:decide_use": Phrase(_("Decided under the policy"), Topic.RECORDING),
    "account:suspend_creator": Phrase(_("Making recordings in personal folders suspended"), Topic.PEOPLE),
    "account:end_suspension": Phrase(_("Making recordings in personal folders given back"), Topic.PEOPLE),
    "recording:appeal": Phrase(_("Appealed"), Topic.RECORDING),
    "recording:remove_refused": Phrase(_("Moved to the bin under the policy"), Topic.RECORDING),
    # administrative access
    "grant:give": Phrase(_("Access given to staff"), Topic.GRANT),
    "grant:refuse": _hidden(_("Access for staff refused"), Topic.GRANT),
    "grant:tell": Phrase(_("Owner told of staff access, or somebody in their place"), Topic.GRANT),
    "grant:deliver_notice": Phrase(_("Notice of staff access delivered"), Topic.GRANT),
    "grant:defer_notice": _hidden(_("Why the owner is not told yet was written down"), Topic.GRANT),
    "grant:revoke": Phrase(_("Staff access ended early"), Topic.GRANT),
    "grant:end": Phrase(_("Staff access ended"), Topic.GRANT),
    "grant:export_report": _hidden(_("Report on staff access taken away"), Topic.GRANT),
    "recording:ask_grant": _hidden(_("Staff asked for access"), Topic.GRANT),
    "recording:play_under_grant": Phrase(_("Played by staff under a grant"), Topic.GRANT),
    "recording:download_under_grant": Phrase(_("Downloaded by staff under a grant"), Topic.GRANT),
    "recording:look_at_under_grant": Phrase(_("Details looked at by staff under a grant"), Topic.GRANT),
    "folder:look_at_under_grant": Phrase(_("Folder looked at by staff under a grant"), Topic.GRANT),
    # mail
    "address:mark_unreachable": Phrase(_("Mail to the address came back"), Topic.PEOPLE),
    "address:try_again": Phrase(_("Mail to the address is tried again"), Topic.PEOPLE),
    "notice:choose_mail": Phrase(_("Choice of notices by mail changed"), Topic.PEOPLE),
    # staff at work
    "recording:look_up": _hidden(_("Recordings searched by staff"), Topic.STAFF),
    "recording:look_at": _hidden(_("Recording's details looked at by staff"), Topic.STAFF),
    "folder:look_at": _hidden(_("Folder's details looked at by staff"), Topic.STAFF),
    "account:look_up": _hidden(_("People searched by staff"), Topic.STAFF),
    "account:look_at": _hidden(_("Account's details looked at by staff"), Topic.STAFF),
    "audit:look_up": _hidden(_("Audit searched"), Topic.STAFF),
    "audit:export": _hidden(_("Audit exported"), Topic.STAFF),
    # the system
    "sample:accept_terms": _hidden(_("Terms accepted for the sample people"), Topic.SYSTEM),
    "sample:load": _hidden(_("Sample university loaded"), Topic.SYSTEM),
    "spool:sweep": _hidden(_("Left-over uploads swept"), Topic.SYSTEM),
    "meters:export": Phrase(_("Figures of hours taken as a file"), Topic.STAFF),
    "meters:set_limits": Phrase(_("Limits of a licence year set"), Topic.STAFF),
    "meters:set_aside": Phrase(_("Hours set aside"), Topic.STAFF),
    "meters:take_back": Phrase(_("Hours set aside taken back"), Topic.STAFF),
    "limits:ask_exception": Phrase(_("Exception from the limits of hours asked for"), Topic.STAFF),
    "limits:give_exception": Phrase(_("Exception from the limits of hours given"), Topic.STAFF),
    "limits:end_exception": Phrase(_("Exception from the limits of hours ended"), Topic.STAFF),
    "meters:disagree": Phrase(_("Ledger of hours found to differ from the library"), Topic.SYSTEM),
    "work:sweep": _hidden(_("Left-over working files swept"), Topic.SYSTEM),
}


def phrase(action: str) -> Phrase:
    """What an action is called; one of an older version of the product that is not known any more, by its own name."""
    return PHRASES.get(action) or Phrase(action, Topic.SYSTEM, is_for_owner=False)


def actions_of(topic: Topic) -> tuple[str, ...]:
    """The actions that are about a topic, as their phrases stand."""
    return tuple(action for action, told in PHRASES.items() if told.topic is topic)
