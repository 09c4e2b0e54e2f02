"""Certificates are checked: a stranger's is refused, a trusted one of another name too."""

import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from state.errors import FetchError
from tests.crawler.fetch.visiting import visitor
from tests.support.fake_site import FakeSite


def certificate(folder: Path, name: str) -> Path:
    """Write a self-signed certificate for an address and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def fetched_by_one_who_trusts(trusted: Path, url: str) -> str:
    program = textwrap.dedent(f"""
        from state.errors import FetchError
        from tests.crawler.fetch.visiting import visitor
        with visitor() as someone:
            try:
                print(someone.fetch({url!r}).body.decode())
            except FetchError as error:
                print("refused:", error.problem)
    """)
    environment = {**os.environ, "SSL_CERT_FILE": str(trusted)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with (
        FakeSite(certificate=certificate(tmp_path, "127.0.0.1")) as site,
        visitor() as someone,
        pytest.raises(FetchError, match="certificate"),
    ):
        someone.fetch(site.url + "/a")


def test_a_trusted_certificate_is_accepted_for_its_own_name_only(tmp_path: Path) -> None:
    trusted = certificate(tmp_path, "127.0.0.1")
    with FakeSite(certificate=trusted) as site, FakeSite(host="127.0.0.2", certificate=trusted) as other:
        site.page("/a", "hello")
        other.page("/a", "hello")

        assert fetched_by_one_who_trusts(trusted, site.url + "/a") == "hello\n"
        assert fetched_by_one_who_trusts(trusted, other.url + "/a").startswith("refused:")
