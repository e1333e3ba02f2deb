"""Canvas, WebGL and maps: objects that are dragged, animations that never end, graphs that lay themselves out."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_leaflet(page: Page, url: str, pace: float) -> None:
    """Drag the map, zoom with wheel and button, move by key, open the popup."""
    person = Person(page, pace, seed=91)
    person.open(url)
    person.draw([(400, 300), (520, 250)])
    person.wheel(-200)
    person.pause(0.6)
    person.click(page.locator(".leaflet-control-zoom-in"))
    person.press("ArrowRight")
    person.pause(0.6)


def use_fabric(page: Page, url: str, pace: float) -> None:
    """Move two shapes, edit a text."""
    person = Person(page, pace, seed=92)
    person.open(url)
    person.draw([(140, 140), (240, 260)])
    person.draw([(352, 202), (460, 280)])
    page.mouse.dblclick(400, 75)
    person.type("Hello")
    person.press("Escape")


def use_konva(page: Page, url: str, pace: float) -> None:
    """Move a shape after its tween, select another, move that."""
    person = Person(page, pace, seed=93)
    person.open(url)
    person.pause(0.8)
    person.draw([(140, 120), (260, 240)])
    person.click_at((400, 200))
    person.draw([(420, 220), (520, 120)])


def use_pixi(page: Page, url: str, pace: float) -> None:
    """Hit a box that turns for ever, twice."""
    person = Person(page, pace, seed=94)
    person.open(url)
    person.pause(0.8)
    person.click_at((320, 220))
    person.pause(0.8)
    person.click_at((310, 210))


def use_phaser(page: Page, url: str, pace: float) -> None:
    """Hit the box, then nothing."""
    person = Person(page, pace, seed=95)
    person.open(url)
    person.pause(0.8)
    person.click_at((320, 220))
    person.pause(0.8)
    person.click_at((100, 300))


def use_cytoscape(page: Page, url: str, pace: float) -> None:
    """Wait for the layout, drag, zoom, click."""
    person = Person(page, pace, seed=96)
    person.open(url)
    person.pause(1.2)
    person.draw([(400, 250), (480, 300)])
    person.wheel(-300)
    person.click_at((420, 250))


def use_vis_network(page: Page, url: str, pace: float) -> None:
    """Wait for the physics, drag, zoom, click."""
    person = Person(page, pace, seed=97)
    person.open(url)
    person.pause(2.0)
    person.draw([(400, 250), (460, 320)])
    person.wheel(-200)
    person.click_at((430, 270))


def use_swiper(page: Page, url: str, pace: float) -> None:
    """Go on by button, by swiping, by a dot; it goes on by itself meanwhile."""
    person = Person(page, pace, seed=98)
    person.open(url)
    person.click(page.locator(".swiper-button-next"))
    person.draw([(600, 150), (300, 150)])
    person.pause(0.6)
    person.click(page.locator(".swiper-pagination-bullet").nth(3))


def use_maplibre(page: Page, url: str, pace: float) -> None:
    """Drag the map, zoom by wheel and button, point at something."""
    person = Person(page, pace, seed=98)
    person.open(url)
    person.pause(2.0)
    person.draw([(400, 300), (500, 350)])
    person.wheel(-300)
    person.pause(1.0)
    person.click_at((640, 300))
    person.click(page.locator(".maplibregl-ctrl-zoom-out"))
    person.pause(1.0)


def use_openlayers(page: Page, url: str, pace: float) -> None:
    """Drag the map, zoom, draw a line on it."""
    person = Person(page, pace, seed=99)
    person.open(url)
    person.draw([(400, 300), (500, 350)])
    person.wheel(-200)
    person.pause(1.0)
    person.click(page.get_by_role("button", name="Draw"))
    person.draw([(300, 300), (350, 380), (450, 300)])
    person.pause(0.6)


def use_p5(page: Page, url: str, pace: float) -> None:
    """Let four boxes fall on each other."""
    person = Person(page, pace, seed=100)
    person.open(url)
    for across in (200, 300, 250, 400):
        person.click_at((across, 100))
        person.pause(0.6)


APPLICATIONS = [
    around("leaflet", title="Leaflet", session=use_leaflet),
    around("fabric", title="Fabric.js", session=use_fabric),
    around("konva", title="Konva", session=use_konva, live="a tween"),
    around("pixi", title="PixiJS (WebGL)", session=use_pixi, live="a box that turns, the time"),
    around("phaser", title="Phaser", session=use_phaser, live="a game loop, the time"),
    around("cytoscape", title="Cytoscape", session=use_cytoscape, live="an animated layout"),
    around("vis_network", title="vis-network", session=use_vis_network, live="physics"),
    around("swiper", title="Swiper", session=use_swiper, live="slides that go on by themselves"),
    around(
        "maplibre",
        title="MapLibre GL, with its module worker",
        session=use_maplibre,
        live="a map that glides",
    ),
    around("openlayers", title="OpenLayers", session=use_openlayers),
    around("p5", title="p5.js and Matter.js", session=use_p5, live="boxes that fall"),
]
