"""Swagger UI, a complete React application, on a small API with a memory."""

from __future__ import annotations

import json
from itertools import count

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.packages import node_modules
from tests.applications.person import Person
from tests.applications.static_server import Request, Response, StaticServer

INITIALIZER = """
window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true, filter: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], layout: "StandaloneLayout",
    validatorUrl: null,
  });
};
"""
PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "integer", "readOnly": True, "example": 3},
        "name": {"type": "string", "example": "Rex"},
        "kind": {"type": "string", "enum": ["dog", "cat", "bird"]},
        "born": {"type": "string", "format": "date", "example": "2021-05-04"},
    },
}
PETS = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
OPENAPI = {
    "openapi": "3.0.3",
    "info": {"title": "Pet shelter", "version": "1.4.0", "description": "Who waits for a home."},
    "paths": {
        "/api/pets": {
            "get": {
                "tags": ["pets"],
                "summary": "List the pets",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}},
                    {"name": "kind", "in": "query", "schema": PET["properties"]["kind"]},  # type: ignore[index]
                ],
                "responses": {
                    "200": {"description": "The pets", "content": {"application/json": {"schema": PETS}}}
                },
            },
            "post": {
                "tags": ["pets"],
                "summary": "Take in a pet",
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
                },
                "responses": {"201": {"description": "Taken in"}, "422": {"description": "No name"}},
            },
        },
    },
    "components": {"schemas": {"Pet": PET}},
}


def start() -> StaticServer:
    """The package's own pages with our initialiser, and the API; each start begins with the same pets."""
    pets: list[dict[str, object]] = [
        {"id": 1, "name": "Mimi", "kind": "cat", "born": "2019-02-11"},
        {"id": 2, "name": "Kiki", "kind": "bird", "born": "2022-08-30"},
    ]
    ids = count(3)

    def route(request: Request) -> Response | None:
        if request.path == "/swagger-initializer.js":
            return Response(200, "text/javascript", INITIALIZER.encode())
        if request.path == "/api/openapi.json":
            return Response.of_json(OPENAPI)
        if request.path == "/api/pets" and request.method == "GET":
            return Response.of_json(pets)
        if request.path == "/api/pets" and request.method == "POST":
            pet = json.loads(request.body)
            if not pet.get("name"):
                return Response.of_json({"detail": "a pet has a name"}, 422)
            pets.append(pet | {"id": next(ids)})
            return Response.of_json(pets[-1], 201)
        return None

    return StaticServer({"/": node_modules() / "swagger-ui-dist"}, route=route)


def session(page: Page, url: str, pace: float) -> None:
    """List the pets, take one in, list them again, look at the schema."""
    person = Person(page, pace, seed=41)
    person.open(url)
    listing = page.locator("#operations-pets-get_api_pets")
    adding = page.locator("#operations-pets-post_api_pets")
    page.get_by_role("heading", name="Pet shelter").wait_for()
    person.click(listing.locator(".opblock-summary-control"))
    person.click(listing.get_by_role("button", name="Try it out"))
    person.fill(listing.get_by_placeholder("limit"), "25")
    person.click(listing.get_by_role("button", name="Execute"))
    listing.locator(".live-responses-table").wait_for()
    person.reach(listing.locator(".live-responses-table .highlight-code"))
    person.click(adding.locator(".opblock-summary-control"))
    person.click(adding.get_by_role("button", name="Try it out"))
    body = adding.locator("textarea.body-param__text")
    person.click(body)
    person.press("Control+a")
    person.type('{ "name": "Rex", "kind": "dog" }')
    person.click(adding.get_by_role("button", name="Execute"))
    adding.locator(".live-responses-table").get_by_text("201").first.wait_for()
    person.reach(adding.locator(".live-responses-table .highlight-code"))
    person.click(listing.get_by_role("button", name="Execute"))
    listing.locator(".live-responses-table").get_by_text("Rex").first.wait_for()
    person.click(adding.locator(".opblock-summary-control"))
    person.click(page.locator("section.models .model-box button").first)
    person.wheel(500)
    person.pause()


APPLICATION = Application(
    name="swagger_ui", title="Swagger UI 5", start=start, session=session, live="loading spinners"
)
