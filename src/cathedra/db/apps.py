"""The one Django app that holds every table."""

from django.apps import AppConfig

from cathedra.db import kept


class Db(AppConfig):
    name = "cathedra.db"
    label = "cathedra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once, when everything is loaded."""
        kept.begin()
