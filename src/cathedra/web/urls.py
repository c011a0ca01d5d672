"""Every address of the pages and the API."""

from django.templatetags.static import static
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView

from cathedra.web import (
    api,
    audit,
    first_run,
    ingest,
    invitation,
    library,
    notices,
    people,
    playback,
    policy,
    publishing,
)
from cathedra.web.staff import audit as staff_audit
from cathedra.web.staff import confirm, groups, roles
from cathedra.web.staff import home as staff_home
from cathedra.web.staff import notices as staff_notices
from cathedra.web.staff import people as staff_people

urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.home, name="home"),
    path("browse/", library.browse, name="browse"),
    path("folders/<uuid:folder_id>/", library.folder, name="folder"),
    path("folders/<uuid:folder_id>/new/", library.new_folder, name="new_folder"),
    path("folders/<uuid:folder_id>/upload/", ingest.upload, name="upload"),
    path("upload/", ingest.choose, name="choose_folder"),
    path("recordings/<uuid:recording_id>/", playback.watch, name="recording"),
    path("recordings/<uuid:recording_id>/edit/", playback.edit, name="edit_recording"),
    path("recordings/<uuid:recording_id>/progress/", playback.progress, name="progress"),
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
    path("folders/<uuid:folder_id>/approval/", publishing.folder_approval, name="folder_approval"),
    path("theme/", people.theme, name="theme"),
    path("account/", people.account, name="account"),
    path("account/sign-out-elsewhere/", people.sign_out_elsewhere, name="sign_out_elsewhere"),
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
