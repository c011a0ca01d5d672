"""The one Django app that holds every table."""

from django.apps import AppConfig


class Db(AppConfig):
    name = "cathedra.db"
    label = "cathedra"
    default_auto_field = "django.db.models.BigAutoField"
