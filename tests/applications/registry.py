"""The list of applications, by name."""

from __future__ import annotations

from tests.applications import canvases, dashboards, django_admin, editors, game_2048, swagger_ui, todomvc
from tests.applications.application import Application

APPLICATIONS: dict[str, Application] = {
    application.name: application
    for application in [
        django_admin.APPLICATION,
        swagger_ui.APPLICATION,
        game_2048.APPLICATION,
        *todomvc.APPLICATIONS,
        *dashboards.APPLICATIONS,
        *canvases.APPLICATIONS,
        *editors.APPLICATIONS,
    ]
}


def names() -> list[str]:
    """Every application there is."""
    return list(APPLICATIONS)


def get(name: str) -> Application:
    """The application called `name`; KeyError when there is none."""
    return APPLICATIONS[name]
