"""Starts a browser with the flags that make its pixels repeatable.

Chromium takes the last of two ``--disable-features`` and drops the first, and Playwright passes one of its
own; so there is exactly one list here, which holds Playwright's entries as well as ours.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reenact.browser.find import INSTALL_HINT, find_browser
from reenact.errors import BrowserNotFound, CouldNotRun, UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PLAYWRIGHT_DISABLED_FEATURES: tuple[str, ...] = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "BlockOriginHeaderModificationOnRedirect",
    "Translate",
    "AutoDeElevate",
    "OptimizationHints",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
"""What Playwright 1.63 switches off itself; a test compares this list with the installed Playwright."""

DISABLED_FEATURES: tuple[str, ...] = (
    "BackForwardCache",  # a page that comes back must load again, as it does in replay
    "IsolateOrigins",
    "site-per-process",
    "OverlayScrollbar",
    "CalculateNativeWinOcclusion",
    "RenderDocument",  # else a page that is being replaced is not heard: 7 of 189 events lost
    "LocalNetworkAccessChecks",  # the answers of a replay come from this machine whatever the address says
)
"""What reenact switches off besides."""

BLINK_SETTINGS: tuple[str, ...] = (
    # Playwright says so headless only; a headed page would see the pointing devices of the machine.
    "primaryHoverType=2",
    "availableHoverTypes=2",
    "primaryPointerType=4",
    "availablePointerTypes=4",
    "imageAnimationPolicy=2",  # a GIF knows no clock but the real one: it shows its first picture
)

FIDELITY_FLAGS: tuple[str, ...] = (
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--hide-scrollbars",  # Playwright does so headless only
    "--disable-smooth-scrolling",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without the GPU
    "--disable-site-isolation-trials",
    "--blink-settings=" + ",".join(BLINK_SETTINGS),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-features=" + ",".join(DISABLED_FEATURES),
)
"""The flags that make a headed and a headless picture the same. To start a browser, use `launch_args`."""

HERMETIC_FLAGS: tuple[str, ...] = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
)
"""The second wall of a replay from the archive: nothing but 127.0.0.1 has an address, and no UDP."""

PROMPT_FLAGS: tuple[str, ...] = ("--disable-features=DeferRendererTasksAfterInput",)
"""After an input Chromium keeps tasks back until the next frame, and a replay goes on in a task."""

_LIST_SWITCHES = ("--disable-features", "--enable-features")
_FIDELITY_NAMES = {flag.split("=", 1)[0] for flag in FIDELITY_FLAGS}
_INSTALL_DEPS = "Install what it needs with `playwright install-deps chromium`, or run `reenact doctor`"


def merge_flags(*groups: Iterable[str]) -> list[str]:
    """One list out of several: a flag said twice stands once, and feature lists are joined, not replaced.

    Of two values of any other flag the later one is kept, as the browser would.
    """
    merged: dict[str, str] = {}
    for group in groups:
        for flag in group:
            name, _, value = flag.partition("=")
            if name in _LIST_SWITCHES and name in merged:
                known = merged[name].partition("=")[2].split(",")
                value = ",".join(dict.fromkeys([*known, *value.split(",")]))
                flag = f"{name}={value}"
            merged[name] = flag
    return list(merged.values())


def launch_args(flags: Iterable[str] | None = None, extra: Iterable[str] = ()) -> list[str]:
    """The ``args`` to start a Chromium with: ``flags`` (None: `FIDELITY_FLAGS`), then ``extra``, merged."""
    args = merge_flags(FIDELITY_FLAGS if flags is None else flags, extra)
    if any(flag.startswith("--disable-features=") for flag in args):
        # Ours replaces Playwright's list, so it has to hold that one too.
        args = merge_flags(args, ["--disable-features=" + ",".join(PLAYWRIGHT_DISABLED_FEATURES)])
    return args


def launch(
    playwright: Playwright,
    browser_name: str = "chromium",
    *,
    headless: bool = True,
    flags: Sequence[str] | None = None,
    **options: Any,
) -> Browser:
    """Start a browser for recording or replay and return Playwright's own `Browser`.

    Chromium is the one `find_browser` takes, unless ``executable_path`` or ``channel`` is given, and gets
    `FIDELITY_FLAGS`, or ``flags`` instead (those a trace was recorded with). ``options`` go to Playwright's
    ``launch``; its ``args`` are merged, and win. Firefox is the system's, with the preferences that fidelity
    needs; WebKit is Playwright's own.

    Raises `BrowserNotFound` when there is none, `CouldNotRun` when it does not start, `UsageError` for an
    unknown name.
    """
    if browser_name not in ("chromium", "firefox", "webkit"):
        raise UsageError(f"Unknown browser: {browser_name}", hint="Use chromium, firefox or webkit")
    if not headless:
        _require_display()
    options["headless"] = headless
    if browser_name == "chromium":
        options["args"] = launch_args(flags, options.get("args") or ())
        if not options.get("executable_path") and not options.get("channel"):
            options["executable_path"] = find_browser(playwright).path
        # The sandbox is refused to root; everybody else keeps it, since pages under test are not always ours.
        options.setdefault("chromium_sandbox", not _is_root())
    elif browser_name == "firefox":
        from reenact.browser.firefox import launch_options

        options = launch_options(options)
    return _start(playwright, browser_name, options)


def flags_of(browser: Browser) -> tuple[str, ...]:
    """The flags in `FIDELITY_FLAGS` that a running Chromium was really started with, sorted.

    Works on a browser that somebody else started. Features that Playwright switches off are left out, so that
    the list says what was added. Empty for browsers without the DevTools protocol.
    """
    if browser.browser_type.name != "chromium":
        return ()
    found: dict[str, str] = {}
    for flag in _command_line(browser):
        name, _, value = flag.partition("=")
        if name in _LIST_SWITCHES:
            ours = [feature for feature in value.split(",") if feature in DISABLED_FEATURES]
            if ours and name == "--disable-features":
                found[name] = f"{name}={','.join(ours)}"
        elif name in _FIDELITY_NAMES:
            # Of two, the browser takes the last: Playwright sets "--blink-settings" as well.
            found[name] = flag
    return tuple(sorted(found.values()))


def is_headless(browser: Browser) -> bool | None:
    """Whether a running Chromium has no window; None when the browser does not say."""
    if browser.browser_type.name != "chromium":
        return None
    line = _command_line(browser)
    return any(flag.split("=", 1)[0] == "--headless" for flag in line) if line else None


def _command_line(browser: Browser) -> list[str]:
    from playwright.sync_api import Error

    try:
        session = browser.new_browser_cdp_session()
        try:
            line = str(session.send("SystemInfo.getInfo").get("commandLine", ""))
        finally:
            session.detach()
    except Error:
        return []
    # Values with blanks are cut here, which none of the flags asked for has.
    return [part for part in line.split() if part.startswith("--")]


def _start(playwright: Playwright, browser_name: str, options: dict[str, Any]) -> Browser:
    from playwright.sync_api import Error

    browser_type = getattr(playwright, browser_name)
    try:
        browser: Browser = browser_type.launch(**options)
    except Error as error:
        if options.get("chromium_sandbox") and "sandbox" in str(error).lower():
            # Containers and hardened kernels have none to offer; Playwright's own default is to go without.
            return _start(playwright, browser_name, {**options, "chromium_sandbox": False})
        raise launch_error(str(error), browser_name) from error
    return browser


def launch_error(text: str, browser_name: str = "chromium") -> CouldNotRun:
    """What Playwright said when a browser did not start, as one clear line of ours."""
    if "Executable doesn't exist" in text or "is not found at" in text:
        hint = INSTALL_HINT if browser_name == "chromium" else f"run `playwright install {browser_name}`"
        return BrowserNotFound(f"The browser is not installed: {browser_name}", hint=hint)
    if "XServer" in text or "Missing X server" in text or "$DISPLAY" in text:
        return _no_display()
    library = re.search(r"error while loading shared libraries: (\S+?):", text)
    if library:
        return CouldNotRun(f"The browser does not start: {library.group(1)} is missing", hint=_INSTALL_DEPS)
    if "missing dependencies" in text:
        return CouldNotRun(
            "The browser does not start: libraries of the system are missing", hint=_INSTALL_DEPS
        )
    lines = [line.strip(" ║╔╗╚╝═-") for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("Call log", "Browser logs"))]
    first = lines[0] if lines else "no reason given"
    return CouldNotRun(f"The browser does not start: {first[:300]}", hint="Run `reenact doctor`")


def has_display() -> bool:
    """Whether a window can be opened here, as far as the environment tells."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _require_display() -> None:
    if not has_display():
        raise _no_display()


def _no_display() -> CouldNotRun:
    return CouldNotRun(
        "The browser cannot open a window: there is no display",
        hint="Use --headless, or put xvfb-run before the command",
    )


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
