"""Throw-away certificates, so that the replay proxy can answer for https addresses.

Made anew for each proxy, the keys never leave its temporary folder, and the browser of a replay is told to
ignore certificate errors: nothing has to be trusted on the machine.
"""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_VALID = timedelta(days=30)
_LONGEST_COMMON_NAME = 64


class Certificates:
    """TLS server contexts by host name, made on demand and kept. Thread-safe; close it, or use ``with``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._ca_key: ec.EllipticCurvePrivateKey | None = None
        self._leaf_key: ec.EllipticCurvePrivateKey | None = None
        self._ca: x509.Certificate | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget keys and certificates."""
        with self._lock:
            self._contexts.clear()
            self._ca = self._ca_key = self._leaf_key = None

    def context(self, host: str) -> ssl.SSLContext:
        """Return the context to answer TLS for ``host`` with (a name or an IP address, no port)."""
        host = host.strip("[]").lower()
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._made(host)
            return self._contexts[host]

    def _made(self, host: str) -> ssl.SSLContext:
        if self._ca is None or self._ca_key is None or self._leaf_key is None:
            self._ca_key, self._leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "reenact replay")])
            constraint = x509.BasicConstraints(ca=True, path_length=0)
            self._ca = (
                _builder(name, name, self._ca_key)
                .add_extension(constraint, critical=True)
                .sign(self._ca_key, hashes.SHA256())
            )
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:_LONGEST_COMMON_NAME])])
        leaf = (
            _builder(subject, self._ca.subject, self._leaf_key)
            .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(self._ca_key, hashes.SHA256())
        )
        key = self._leaf_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pem = serialization.Encoding.PEM
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        # The ssl module reads certificates from files only.
        with tempfile.TemporaryDirectory(prefix="reenact-") as folder:
            file = Path(folder) / "leaf.pem"
            file.touch(mode=0o600)
            file.write_bytes(key + leaf.public_bytes(pem) + self._ca.public_bytes(pem))
            context.load_cert_chain(file)
        return context


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _VALID)
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
