from django.apps import AppConfig


class QIPlansConfig(AppConfig):
    name = "qiplans"
