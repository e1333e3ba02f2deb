"""The list of applications, by name."""

from __future__ import annotations

from tests.applications import django_admin
from tests.applications.application import Application

APPLICATIONS = {item.name: item for item in [django_admin.APPLICATION]}


def names() -> list[str]:
    """Every application there is."""
    return list(APPLICATIONS)


def get(name: str) -> Application:
    """The application called `name`; KeyError when there is none."""
    return APPLICATIONS[name]
