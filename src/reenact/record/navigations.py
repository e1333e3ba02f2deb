"""Which exchange created which document, and which document asked for which exchange."""

from __future__ import annotations

from reenact.record.pending import PendingExchange


class Navigations:
    """The navigations of one recording, waiting for the documents they create to report."""

    def __init__(self) -> None:
        self._navigations: list[PendingExchange] = []
        self._document_of_loader: dict[str, str] = {}
        self._written: dict[str, list[PendingExchange]] = {}

    def add(self, exchange: PendingExchange) -> None:
        """Take a navigation that has begun."""
        self._navigations.append(exchange)

    def replaces(self, navigation: PendingExchange, exchange: PendingExchange) -> bool:
        """Tell whether a navigation ends the frame that an exchange belongs to.

        The first navigation a page's session sees is that of its main frame, which holds all others.
        """
        main = self._navigations[0].frame
        return navigation.frame in (main, exchange.frame)

    def initiator(self, exchange: PendingExchange) -> str | None:
        """Return the document that asked for an exchange; None when it is not known, or is a navigation."""
        return None if exchange.is_document else self._document_of_loader.get(exchange.loader)

    def remember(self, exchange: PendingExchange) -> None:
        """Keep an exchange that is written before the document it belongs to is known."""
        if exchange.is_document:
            if exchange.document is not None:
                exchange.record = None
        elif exchange.loader in self._document_of_loader or not exchange.loader:
            exchange.record = None
        else:
            self._written.setdefault(exchange.loader, []).append(exchange)

    def find(self, frame: str, url: str, loader: str | None) -> PendingExchange | None:
        """Return the exchange whose response is the document in ``frame``, None when none is.

        By ``loader`` if given; else the latest navigation of the frame to ``url`` (without fragment) that got
        an answer and has no document.
        """
        for exchange in reversed(self._navigations):
            if exchange.redirected:
                continue
            if loader is not None:
                if exchange.loader == loader:
                    return exchange
            elif (
                exchange.frame == frame
                and exchange.document is None
                and not (exchange.failed and exchange.status is None)
                and exchange.url == url
            ):
                return exchange
        return None

    def assign(self, exchange: PendingExchange, document: str) -> list[PendingExchange]:
        """Note the document an exchange created; returns written exchanges whose records that changes."""
        exchange.document = document
        self._document_of_loader[exchange.loader] = document
        return [
            each for each in (exchange, *self._written.pop(exchange.loader, [])) if each.record is not None
        ]
