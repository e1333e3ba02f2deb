"""Django's admin on an SQLite file: `python serve.py DATABASE` prints its URL and serves until killed."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings

USER, PASSWORD = "amelia", "four-Sails-at-dawn"


def configure(database: Path) -> None:
    """The settings of a fresh `startproject`, with the URL configuration beside this file."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="only-for-this-test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="urls",
        USE_TZ=True,
        STATIC_URL="static/",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        # The real hashers take most of a second for each password, on purpose.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
    )
    django.setup()


def serve(database: Path) -> None:
    """Make the tables, the superuser and a few people, then serve the admin and its static files."""
    configure(database)
    from django.contrib.auth import get_user_model
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    users = get_user_model().objects
    users.create_superuser(USER, "amelia@example.com", PASSWORD, first_name="Amelia", last_name="Earhart")
    for name in ("bessie", "charles", "louis"):
        users.create_user(name, f"{name}@example.com", PASSWORD, is_staff=name == "bessie")
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(f"http://127.0.0.1:{server.server_address[1]}/admin/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
