"""The addresses of facilities and their recorders, below staff/."""

from django.urls import path

from cathedra.web.staff import facilities, recorders, timetable

urlpatterns = [
    path("facilities/", facilities.facilities, name="staff_facilities"),
    path("facilities/new/", facilities.new, name="staff_new_facility"),
    path("facilities/<int:facility_id>/", facilities.facility, name="staff_facility"),
    path("facilities/<int:facility_id>/edit/", facilities.edit, name="staff_edit_facility"),
    path(
        "facilities/<int:facility_id>/schedulers/",
        facilities.people,
        {"part": "scheduler"},
        name="staff_facility_schedulers",
    ),
    path(
        "facilities/<int:facility_id>/technicians/",
        facilities.people,
        {"part": "technician"},
        name="staff_facility_technicians",
    ),
    path("facilities/<int:facility_id>/recorders/new/", recorders.new, name="staff_new_recorder"),
    path("timetable/", timetable.timetable, name="staff_timetable"),
    path("timetable/again/", timetable.again, name="staff_timetable_again"),
    path("timetable/<uuid:feed_id>/", timetable.run, name="staff_timetable_run"),
    path("timetable/<uuid:feed_id>/do/", timetable.do, name="staff_timetable_do"),
    path("recorders/<int:recorder_id>/", recorders.recorder, name="staff_recorder"),
    path("recorders/<int:recorder_id>/connection/", recorders.connection, name="staff_recorder_connection"),
]
