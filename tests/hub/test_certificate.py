"""The certificate of the room: made once, made again when it must be."""

from datetime import UTC, datetime, timedelta

from cryptography import x509

from codephenix.hub import certificate

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_a_certificate_serves_until_a_month_before_its_end(tmp_path):
    files = certificate.ready(tmp_path / "https", ["salle", "127.0.0.1"], NOW)
    first, authority = files.certificate.read_bytes(), files.authority.read_bytes()
    certificate.ready(tmp_path / "https", ["salle"], NOW + timedelta(days=360))
    assert files.certificate.read_bytes() == first
    certificate.ready(tmp_path / "https", ["salle"], NOW + timedelta(days=370))
    assert files.certificate.read_bytes() != first
    assert files.authority.read_bytes() == authority, "browsers have it already"


def test_another_name_makes_another_certificate(tmp_path):
    files = certificate.ready(tmp_path, ["salle"], NOW)
    first = files.certificate.read_bytes()
    certificate.ready(tmp_path, ["salle", "192.168.1.10"], NOW)
    assert files.certificate.read_bytes() != first
    held = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name) for name in names.get_values_for_type(x509.IPAddress)] == ["192.168.1.10"]


def test_a_damaged_certificate_is_made_again(tmp_path):
    files = certificate.ready(tmp_path, ["salle"], NOW)
    files.certificate.write_text("damaged")
    certificate.ready(tmp_path, ["salle"], NOW)
    assert x509.load_pem_x509_certificate(files.certificate.read_bytes())


def test_keys_are_private(tmp_path):
    files = certificate.ready(tmp_path / "https", ["salle"], NOW)
    for key in (files.key, tmp_path / "https" / "autorite.key"):
        assert key.stat().st_mode & 0o077 == 0


def test_this_machine_has_names():
    assert "127.0.0.1" in certificate.names()
