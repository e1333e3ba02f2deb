"""The list of applications, by name."""

from __future__ import annotations

from tests.applications import (
    backoffice,
    canvases,
    components,
    dashboards,
    django_admin,
    documents,
    editors,
    fields,
    game_2048,
    grids,
    miniwob,
    scenes,
    served,
    swagger_ui,
    todomvc,
)
from tests.applications.application import Application

APPLICATIONS: dict[str, Application] = {
    application.name: application
    for application in [
        backoffice.APPLICATION,
        django_admin.APPLICATION,
        swagger_ui.APPLICATION,
        game_2048.APPLICATION,
        *todomvc.APPLICATIONS,
        *dashboards.APPLICATIONS,
        *canvases.APPLICATIONS,
        *editors.APPLICATIONS,
        *grids.APPLICATIONS,
        *scenes.APPLICATIONS,
        *fields.APPLICATIONS,
        *documents.APPLICATIONS,
        *components.APPLICATIONS,
        *served.APPLICATIONS,
    ]
}


def names() -> list[str]:
    """Every application there is, without the tasks of MiniWoB++ (see `miniwob.tasks`)."""
    return list(APPLICATIONS)


def get(name: str) -> Application:
    """The application called `name`, also `miniwob_TASK`; KeyError when there is none."""
    if name.startswith("miniwob_"):
        return miniwob.application(name.removeprefix("miniwob_"))
    return APPLICATIONS[name]
