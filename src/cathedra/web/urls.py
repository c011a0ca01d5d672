"""Every address of the pages and the API."""

from django.templatetags.static import static
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView

from cathedra.web import (
    api,
    audit,
    downloads,
    first_run,
    folder_bin,
    grants,
    hours,
    ingest,
    invitation,
    library,
    notices,
    people,
    playback,
    policy,
    publishing,
    retention,
    use,
)
from cathedra.web.access import (
    availability,
    explained,
    requests,
)
from cathedra.web.access import (
    downloads as download_policies,
)
from cathedra.web.access import (
    folders as sharing_folders,
)
from cathedra.web.access import (
    recordings as sharing_recordings,
)
from cathedra.web.staff import audit as staff_audit
from cathedra.web.staff import cases as staff_cases
from cathedra.web.staff import confirm, exemptions, groups, roles
from cathedra.web.staff import grants as staff_grants
from cathedra.web.staff import home as staff_home
from cathedra.web.staff import hours as staff_hours
from cathedra.web.staff import notices as staff_notices
from cathedra.web.staff import people as staff_people
from cathedra.web.staff import policy as staff_policy
from cathedra.web.staff import recordings as staff_recordings
from cathedra.web.staff import retention as staff_retention

urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.home, name="home"),
    path("browse/", library.browse, name="browse"),
    path("folders/<uuid:folder_id>/", library.folder, name="folder"),
    path("folders/<uuid:folder_id>/new/", library.new_folder, name="new_folder"),
    path("folders/<uuid:folder_id>/upload/", ingest.upload, name="upload"),
    path("upload/", ingest.choose, name="choose_folder"),
    path("folders/<uuid:folder_id>/access/", sharing_folders.members, name="folder_access"),
    path("folders/<uuid:folder_id>/access/remove/", sharing_folders.remove, name="folder_unshare"),
    path("folders/<uuid:folder_id>/access/level/", sharing_folders.level, name="folder_level"),
    path("folders/<uuid:folder_id>/access/downloads/", download_policies.folder, name="folder_downloads"),
    path("folders/<uuid:folder_id>/access/inherit/", sharing_folders.inheritance, name="folder_inheritance"),
    path("folders/<uuid:folder_id>/access/explained/", explained.folder, name="folder_explained"),
    path("folders/<uuid:folder_id>/availability/", availability.folder, name="folder_availability"),
    path("folders/<uuid:folder_id>/availability/clear/", availability.clear, name="folder_clear_overrides"),
    path("recordings/<uuid:recording_id>/access/", sharing_recordings.viewers, name="recording_access"),
    path("recordings/<uuid:recording_id>/access/remove/", sharing_recordings.remove, name="recording_unshare"),
    path("recordings/<uuid:recording_id>/access/level/", sharing_recordings.level, name="recording_level"),
    path("recordings/<uuid:recording_id>/access/downloads/", download_policies.recording, name="recording_downloads"),
    path("recordings/<uuid:recording_id>/access/follow/", sharing_recordings.follow, name="recording_follow"),
    path("recordings/<uuid:recording_id>/access/restrict/", sharing_recordings.restrict, name="recording_restrict"),
    path("recordings/<uuid:recording_id>/access/explained/", explained.recording, name="recording_explained"),
    path("recordings/<uuid:recording_id>/availability/", availability.recording, name="recording_availability"),
    path("access/request/", requests.ask, name="request_access"),
    path("access/requests/<uuid:request_id>/", requests.answer, name="access_request"),
    path("recordings/<uuid:recording_id>/", playback.watch, name="recording"),
    path("recordings/<uuid:recording_id>/download/<uuid:source_id>/", downloads.original, name="download"),
    path("recordings/<uuid:recording_id>/edit/", playback.edit, name="edit_recording"),
    path("recordings/<uuid:recording_id>/use/", use.use, name="recording_use"),
    path("recordings/<uuid:recording_id>/use/appeal/", use.appeal, name="recording_appeal"),
    path("recordings/<uuid:recording_id>/report/", use.report, name="report_recording"),
    path("recordings/<uuid:recording_id>/progress/", playback.progress, name="progress"),
    path("recordings/<uuid:recording_id>/keeping/", retention.keeping, name="keeping"),
    path("recordings/<uuid:recording_id>/restore/", retention.restore, name="restore"),
    path("recordings/<uuid:recording_id>/archive/", retention.archive, name="archive"),
    path("recordings/<uuid:recording_id>/recycle/", retention.recycle, name="recycle"),
    path("recordings/<uuid:recording_id>/take-back/", retention.take_back, name="take_back"),
    path("recordings/<uuid:recording_id>/purge/", retention.purge, name="purge"),
    path("keeping/", retention.own, name="own_keeping"),
    path("keeping/restore/", retention.restore_several, name="restore_several"),
    path("bin/", retention.bin_page, name="bin"),
    path("bin/folders/<uuid:unit_id>/take-back/", folder_bin.take_back_folder, name="take_back_folder"),
    path("folders/<uuid:folder_id>/delete/", folder_bin.delete_folder, name="delete_folder"),
    path("notices/", notices.listed, name="notices"),
    path("notices/read/", notices.read, name="read_notices"),
    path("notices/<uuid:notice_id>/", notices.follow, name="notice"),
    path("account/notices/", notices.choices, name="notice_choices"),
    path("account/notices/address/", notices.try_address, name="try_own_address"),
    path("staff/notices/", staff_notices.listed, name="staff_notices"),
    path("staff/notices/address/", staff_notices.try_address, name="staff_try_address"),
    path("staff/notices/<str:kind>/", staff_notices.preview, name="staff_notice"),
    path("staff/notices/<str:kind>/html/", staff_notices.preview_html, name="staff_notice_html"),
    path("terms/", policy.eula, name="terms"),
    path("terms/acceptable-use/", policy.aup, name="acceptable_use"),
    path("staff/terms/", policy.versions, name="terms_versions"),
    path("staff/terms/<slug:name>/", policy.version, name="terms_version"),
    path("recordings/<uuid:recording_id>/history/", audit.recording_history, name="recording_history"),
    path("folders/<uuid:folder_id>/history/", audit.folder_history, name="folder_history"),
    path("account/history/", audit.account_history, name="account_history"),
    path("account/approvals/", audit.own_approvals, name="own_approvals"),
    path("approvals/", publishing.approvals, name="approvals"),
    path("recordings/<uuid:recording_id>/approve/", publishing.approve, name="approve"),
    path("recordings/<uuid:recording_id>/reject/", publishing.reject, name="reject"),
    path("recordings/<uuid:recording_id>/withdraw/", publishing.withdraw, name="withdraw"),
    path("recordings/<uuid:recording_id>/resubmit/", publishing.resubmit, name="resubmit"),
    path("recordings/<uuid:recording_id>/move/", publishing.move, name="move"),
    path("recordings/<uuid:recording_id>/copy/", publishing.copy, name="copy"),
    path("recordings/<uuid:recording_id>/make-full/", publishing.make_full, name="make_full"),
    path("folders/<uuid:folder_id>/approval/", publishing.folder_approval, name="folder_approval"),
    path("theme/", people.theme, name="theme"),
    path("account/", people.account, name="account"),
    path("account/sign-out-elsewhere/", people.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/email/", RedirectView.as_view(pattern_name="account"), name="own_email"),  # kept by the service team
    path("account/", include("allauth.account.urls")),
    path("account/two-step/", include("allauth.mfa.urls")),
    path("staff/", staff_home.start, name="staff"),
    path("staff/people/", staff_people.people, name="staff_people"),
    path("staff/people/new/", staff_people.new_person, name="staff_new_person"),
    path("staff/people/<uuid:account_id>/", staff_people.person, name="staff_person"),
    path("staff/people/<uuid:account_id>/edit/", staff_people.edit_person, name="staff_edit_person"),
    path("staff/people/<uuid:account_id>/invite/", staff_people.invite, name="staff_invite"),
    path("staff/people/<uuid:account_id>/close/", confirm.ask, {"verb": "close"}, name="staff_close"),
    path("staff/people/<uuid:account_id>/reopen/", confirm.ask, {"verb": "reopen"}, name="staff_reopen"),
    path(
        "staff/people/<uuid:account_id>/end-sign-ins/", confirm.ask, {"verb": "end-sign-ins"}, name="staff_end_sign_ins"
    ),
    path(
        "staff/people/<uuid:account_id>/reset-second-step/",
        confirm.ask,
        {"verb": "reset-second-step"},
        name="staff_reset_second_step",
    ),
    path("staff/people/<uuid:account_id>/roles/", roles.give, name="staff_give_role"),
    path("staff/people/<uuid:account_id>/roles/<slug:role>/", roles.review, name="staff_review_role"),
    path("staff/roles/", roles.roles, name="staff_roles"),
    path("staff/exemptions/", exemptions.exemptions, name="staff_exemptions"),
    path("staff/exemptions/<uuid:exemption_id>/end/", exemptions.end, name="staff_end_exemption"),
    path("staff/groups/", groups.groups, name="staff_groups"),
    path("staff/groups/new/", groups.new_group, name="staff_new_group"),
    path("staff/groups/<uuid:group_id>/", groups.group, name="staff_group"),
    path("staff/groups/<uuid:group_id>/edit/", groups.edit_group, name="staff_edit_group"),
    path(
        "staff/groups/<uuid:group_id>/members/<uuid:account_id>/remove/",
        groups.remove_member,
        name="staff_remove_member",
    ),
    path("invitation/<str:secret>/", invitation.accept, name="invitation"),
    path("account/hours/", hours.own, name="own_hours"),
    path("account/hours/exception/", hours.ask, name="ask_limit_exception"),
    path("folders/<uuid:folder_id>/hours/", hours.folder, name="folder_hours"),
    path("account/grants/", grants.own, name="own_grants"),
    path("staff/recordings/", staff_recordings.index, name="staff_recordings"),
    path("staff/recordings/<uuid:recording_id>/", staff_recordings.recording, name="staff_recording"),
    path("staff/grants/", staff_grants.index, name="staff_grants"),
    path("staff/grants/new/", staff_grants.give, name="staff_give_grant"),
    path("staff/grants/report/", staff_grants.report, name="staff_grant_report"),
    path("staff/grants/report/export/", staff_grants.export, name="staff_grant_report_export"),
    path("staff/grants/<uuid:grant_id>/", staff_grants.grant, name="staff_grant"),
    path("staff/cases/", staff_cases.cases, name="staff_cases"),
    path("staff/cases/<uuid:case_id>/", staff_cases.case, name="staff_case"),
    path("staff/cases/<uuid:case_id>/consent/", staff_cases.consent, name="staff_case_consent"),
    path("staff/policy/", staff_policy.versions, name="staff_policy"),
    path("staff/policy/<int:number>/", staff_policy.version, name="staff_policy_version"),
    path("staff/policy/<int:number>/changes/", staff_policy.changes, name="staff_policy_changes"),
    path("staff/hours/", staff_hours.hours, name="staff_hours"),
    path("staff/hours/allocations/", staff_hours.allocations, name="staff_allocations"),
    path("staff/hours/allocations/<uuid:allocation_id>/remove/", staff_hours.take_back, name="staff_remove_allocation"),
    path("staff/hours/exceptions/", staff_hours.exceptions, name="staff_limit_exceptions"),
    path(
        "staff/hours/exceptions/<uuid:exception_id>/end/", staff_hours.end_exception, name="staff_end_limit_exception"
    ),
    path("staff/hours/statement/", staff_hours.statement, name="staff_hours_statement"),
    path("staff/retention/", staff_retention.index, name="staff_retention"),
    path("staff/retention/try/", staff_retention.try_rule, name="staff_retention_try"),
    path("staff/retention/trials/<uuid:trial_id>/", staff_retention.trial, name="staff_retention_trial"),
    path("staff/retention/runs/<uuid:run_id>/", staff_retention.run, name="staff_retention_run"),
    path("staff/retention/runs/<uuid:run_id>/stop/", staff_retention.stop, name="staff_retention_stop"),
    path("staff/retention/exemptions/<uuid:plea_id>/", staff_retention.decide, name="staff_retention_decide"),
    path("staff/audit/", staff_audit.index, name="staff_audit"),
    path("staff/audit/export/", staff_audit.export, name="staff_audit_export"),
    path("api/", api.api.urls),
    path("first-run/", first_run.first_run, name="first_run"),
    path("robots.txt", people.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url=static("icons/favicon.svg"), permanent=True), name="favicon"),
]

handler400 = "cathedra.web.errors.bad_request"
handler403 = "cathedra.web.errors.forbidden"
handler404 = "cathedra.web.errors.not_found"
handler429 = "cathedra.web.errors.too_many_requests"
handler500 = "cathedra.web.errors.server_error"
