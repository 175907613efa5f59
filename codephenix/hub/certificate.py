"""HTTPS in the training room: an authority of this machine, and the certificate of the class signed by it.

    autorite.crt   to be installed once in the browsers of the room; valid ten years
    classe.crt     what the class shows; made again when the machine's names change or a month before its end

Law of this module: private keys are readable by their owner only, and the authority signs for this machine alone.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS, CLASS_DAYS, RENEWED_DAYS = 3650, 397, 30  # browsers refuse more than 398 days

PrivateKey = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Files:
    """Where the keys and certificates are."""

    folder: Path

    @property
    def authority(self) -> Path:
        """Certificate of the authority, to install in browsers."""
        return self.folder / "autorite.crt"

    @property
    def certificate(self) -> Path:
        """Certificate of the class."""
        return self.folder / "classe.crt"

    @property
    def key(self) -> Path:
        """Private key of the class."""
        return self.folder / "classe.key"


def names() -> list[str]:
    """Names and addresses by which the room may reach this machine."""
    host = socket.gethostname()
    addresses = {info[4][0] for info in _resolved(host)} | {_outward()}
    return [
        host,
        f"{host}.local",
        "localhost",
        *sorted({"127.0.0.1", *(str(address) for address in addresses if address)}),
    ]


def ready(folder: Path, known: Iterable[str], now: datetime | None = None) -> Files:
    """Keys and certificates for these names, made when there are none or they are out of date."""
    now, wanted, files = now or datetime.now(UTC), list(known), Files(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if _serves(files, wanted, now):
        return files
    authority_key, authority = _authority(files, now)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder("CodePhenix", authority.subject, key, now, CLASS_DAYS)
        .add_extension(x509.SubjectAlternativeName([_san(name) for name in wanted]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    _write(files.key, _pem(key))
    _write(files.certificate, certificate.public_bytes(serialization.Encoding.PEM))
    return files


def _serves(files: Files, wanted: list[str], now: datetime) -> bool:
    """Whether the certificate is there, for all these names, for long enough."""
    if not all(path.exists() for path in (files.authority, files.certificate, files.key)):
        return False
    try:
        certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    except ValueError:
        return False
    held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc > now + timedelta(days=RENEWED_DAYS)
    return lasts and {_san(name) for name in wanted} <= set(held)


def _authority(files: Files, now: datetime) -> tuple[PrivateKey, x509.Certificate]:
    """The authority of this machine, made once."""
    path = files.folder / "autorite.key"
    if path.exists() and files.authority.exists():
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(files.authority.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    title = f"CodePhenix, autorité de {socket.gethostname()}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        _builder(title, subject, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(path, _pem(key))
    _write(files.authority, certificate.public_bytes(serialization.Encoding.PEM))
    files.authority.chmod(0o644)
    return key, certificate


def _builder(title: str, issuer: x509.Name, key: PrivateKey, now: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of the room may be late
        .not_valid_after(now + timedelta(days=days))
    )


def _san(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"{path.name}.part")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.replace(path)


def _resolved(host: str) -> list[Any]:
    try:
        return list(socket.getaddrinfo(host, None, socket.AF_INET))
    except OSError:
        return []


def _outward() -> str:
    """Address of this machine on its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address for documentation
            return str(probe.getsockname()[0])
        except OSError:
            return ""
