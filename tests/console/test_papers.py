"""Documents: right figures, self-contained, accessible French pages, and PDF."""

from datetime import date
from decimal import Decimal

import pytest

from codephenix.console import allowance, attendance, papers, settings
from codephenix.console.attendance import AttendanceProblem, Presence
from codephenix.console.register import Learner, Mark, Register
from codephenix.console.settings import SettingsProblem
from codephenix.syllabus import Course, Week

WEEK = Week("s01-essai", "Une semaine", "ready", 20)
MARKS = (
    Mark("amina", WEEK.slug, "nb", "carte", "La carte", 3, 4, ccp=("CP3.1",)),
    Mark("amina", WEEK.slug, "nb", "ville", "La <ville>", 1, 4, ccp=("CP4.2",)),
)
REGISTER = Register(
    Course("Essai", (WEEK,)),
    (Learner("amina", "Amina", "Diallo"), Learner("karim", "Karim", "<b>Benali")),
    MARKS,
    (WEEK.slug,),
)
SETTINGS = settings.loads(
    """
    [site]
    name = "Centre des Tilleuls"
    trainer = "Claire Robin"
    [allowance]
    start = 2026-09-01
    [[allowance.rates]]
    since = 2026-01-01
    hourly = 12.00
    [[allowance.rates]]
    since = 2026-11-16
    hourly = 13.00
    """
)
TUESDAY = date(2026, 11, 24)


def presences(*rows):
    return {(day, login): Presence(day, login, hours) for day, login, hours in rows}


HOURS = presences(
    (date(2026, 11, 10), "amina", 4), (TUESDAY, "amina", 3.5), (TUESDAY, "karim", 0), (date(2026, 10, 6), "amina", 4)
)


def test_the_allowance_counts_each_hour_at_the_rate_of_its_day_from_the_third_month():
    owed = [presence for presence in HOURS.values() if presence.login == "amina"]
    assert allowance.amount(owed, SETTINGS) == Decimal("42.08")  # 4 x 12 x 0.45 + 3.5 x 13 x 0.45; October is month 2


@pytest.mark.parametrize(
    ("day", "rank"),
    [
        (date(2026, 9, 1), 1),
        (date(2026, 9, 30), 1),
        (date(2026, 10, 31), 2),
        (date(2026, 11, 1), 3),
        (date(2027, 1, 1), 5),
    ],
)
def test_months_of_training_are_counted_from_the_first_day(day, rank):
    assert allowance.month_rank(date(2026, 9, 1), day) == rank
    assert allowance.month_rank(date(2026, 8, 31), day) >= rank


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[allowance]\nshare = 45", "0.45"),
        ("[allowance]\nshare", "lisible"),
        ("[salaire]", "salaire"),
        ("[[allowance.rates]]\nsince = 2026-01-01", "hourly"),
        ("[allowance]\nstart = 'demain'", "demain"),
    ],
)
def test_a_fault_in_the_settings_is_named(text, words):
    with pytest.raises(SettingsProblem, match=words):
        settings.loads(text)


def test_the_settings_that_we_ship_are_read(tmp_path):
    shipped = settings.load(tmp_path)
    assert (shipped.share, shipped.from_month) == (Decimal("0.45"), 3)
    assert settings.gradebook_url(tmp_path) == f"sqlite:///{tmp_path}/gradebook.db"
    (tmp_path / settings.FILE).write_text('[gradebook]\nurl = "postgresql+psycopg:///classe"\n', "utf-8")
    assert settings.gradebook_url(tmp_path) == "postgresql+psycopg:///classe"


def test_hours_are_read_as_a_spreadsheet_writes_them():
    read = attendance.loads(
        "\ufeffdate;login;heures;motif\n2026-11-24;amina;3,5;\n\n2026-11-24;amina;4;arrivée à 8 h\n"
    )
    assert read == {(TUESDAY, "amina"): Presence(TUESDAY, "amina", 4.0, "arrivée à 8 h")}


@pytest.mark.parametrize(
    "row", ["24/11/2026,amina,4", "2026-11-24,amina,quatre", "2026-11-24,amina,24", "2026-11-24,,4"]
)
def test_a_bad_line_of_hours_is_named(row):
    with pytest.raises(AttendanceProblem, match="ligne 2"):
        attendance.loads(f"date,login,heures,motif\n{row}\n")


def test_the_attendance_file_only_grows(tmp_path):
    path = tmp_path / attendance.FILE
    attendance.write_day(path, [Presence(TUESDAY, "amina", 4.0)])
    attendance.write_day(path, [Presence(TUESDAY, "amina", 0.0, "malade"), Presence(TUESDAY, "karim", 4.0)])
    assert path.read_text("utf-8").count("amina") == 2
    assert attendance.load(path)[TUESDAY, "amina"] == Presence(TUESDAY, "amina", 0.0, "malade")


def every():
    for kind in ("attendance", "progress", "certificate", "allowance"):
        yield from papers.documents(kind, REGISTER, HOURS, TUESDAY, settings=SETTINGS).items()


def test_the_documents_say_the_figures():
    pages = {name: html.replace("\u202f", " ").replace("\u00a0", " ") for name, html in every()}
    assert set(pages) == {
        "presence-2026-11-23", "bilan-amina", "bilan-karim", "attestation-amina", "attestation-karim", "allocation-2026-11",
    }  # fmt: skip
    assert "3,5 h" in pages["presence-2026-11-23"]
    assert "absent" in pages["presence-2026-11-23"]
    assert "42,08 €" in pages["allocation-2026-11"]
    assert "11,5" in pages["bilan-amina"]  # hours
    assert "50 %" in pages["bilan-amina"]  # 4 points of 8
    assert "11,5 heures" in pages["attestation-amina"]
    assert "du 6 octobre 2026 au 24 novembre 2026" in pages["attestation-amina"]
    assert "Centre des Tilleuls" in pages["attestation-karim"]


def test_what_people_wrote_is_escaped_and_nothing_is_loaded():
    for name, html in every():
        assert "<ville>" not in html, name
        assert "<b>Benali" not in html, name
        assert "http" not in html.replace("http-equiv", ""), name


@pytest.mark.browser
def test_the_documents_are_accessible(browser):
    from codephenix.results import Verdict
    from codephenix.site import File, Site

    script = 'test("accessible", async () => { await expect(page).toBeAccessible(); });'
    for name, html in every():
        run = browser.run(Site({"page.html": File("page.html", html.encode())}), script, "page.test.js")
        assert run.verdict is Verdict.PASS, (name, run.results, run.problem)


@pytest.mark.browser
def test_a_document_is_also_a_pdf(tmp_path):
    files = papers.write(dict(list(every())[:1]), tmp_path, pdf=True)
    assert [path.suffix for path in files] == [".html", ".pdf"]
    assert files[1].read_bytes().startswith(b"%PDF-")
