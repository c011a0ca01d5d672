"""The addresses of schedules."""

from django.urls import path

from cathedra.web.scheduling import lists, making, one

urlpatterns = [
    path("schedules/", lists.own, name="schedules"),
    path("folders/<uuid:folder_id>/schedules/", lists.here, name="folder_schedules"),
    path("folders/<uuid:folder_id>/schedule/", making.schedule, name="schedule_here"),
    path("recordings/<uuid:recording_id>/schedule/", one.schedule, name="schedule"),
    path("recordings/<uuid:recording_id>/schedule/move/", one.move, name="move_schedule"),
    path("recordings/<uuid:recording_id>/schedule/name/", one.name, name="name_schedule"),
    path("recordings/<uuid:recording_id>/schedule/call-off/", one.call_off, name="call_off"),
]
