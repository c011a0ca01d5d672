"""Every address of the pages and the API."""

from django.templatetags.static import static
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView

from cathedra.web import api, first_run, ingest, library, people, playback

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
    path("theme/", people.theme, name="theme"),
    path("account/", people.account, name="account"),
    path("account/sign-out-elsewhere/", people.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/", include("allauth.account.urls")),
    path("account/two-step/", include("allauth.mfa.urls")),
    path("api/", api.api.urls),
    path("first-run/", first_run.first_run, name="first_run"),
    path("robots.txt", people.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url=static("icons/favicon.svg"), permanent=True)),
]

handler400 = "cathedra.web.errors.bad_request"
handler403 = "cathedra.web.errors.forbidden"
handler404 = "cathedra.web.errors.not_found"
handler429 = "cathedra.web.errors.too_many_requests"
handler500 = "cathedra.web.errors.server_error"
