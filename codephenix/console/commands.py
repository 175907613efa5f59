"""The trainer's verbs of the ``codephenix`` command: arguments in, sentences or JSON out, no logic.

release, collect, feedback SEMAINE   one step of a week
status                               the class at a glance
presence, paper                      hours, and documents to print
syllabus, guide SEMAINE              what the course is, to print
privacy, export, erase               what is kept about a learner
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from codephenix.problems import Problem

FINE, PROBLEM = 0, 1
PAPERS = ("attendance", "progress", "certificate", "allowance")


def add_to(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the trainer's verbs to the command line."""
    for name, summary in (
        ("release", "distribuer une semaine aux apprenants"),
        ("collect", "ramasser ce que les apprenants ont rendu"),
        ("feedback", "écrire et rendre les pages de retour"),
    ):
        verb = _verb(verbs, name, step, summary)
        verb.add_argument("week", metavar="SEMAINE", help="s02, ou le nom entier du dossier")
        verb.set_defaults(step=name, pdf=False)
    verb.add_argument("--pdf", action="store_true", help="écrire aussi chaque page en PDF")
    verb = _verb(verbs, "grade", grade, "corriger toute la classe, en parallèle")
    verb.add_argument("weeks", nargs="*", metavar="SEMAINE", help="s02 s03… ; toutes les semaines sans rien")
    verb.add_argument("--force", action="store_true", help="corriger aussi ce qui l’est déjà")
    verb.add_argument("--parallel", type=int, default=0, metavar="N", help="corrections à la fois ; selon la machine")
    _verb(verbs, "status", show_status, "voir où en est la classe")
    verb = _verb(verbs, "presence", presence, "noter les présences d’un jour")
    verb.add_argument("--day", type=date.fromisoformat, default=date.today(), help="jour, comme 2026-11-25")  # noqa: DTZ011
    verb.add_argument("--hours", type=float, default=4.0, help="heures de la matinée, 4 par défaut")
    verb.add_argument("--absent", nargs="*", default=[], metavar="LOGIN", help="identifiants des absents")
    verb.add_argument("--reason", default="", help="motif, le même pour ces absents")
    verb = _verb(verbs, "paper", paper, "préparer un document à imprimer")
    verb.add_argument("kind", choices=PAPERS, help="présence, bilan, attestation ou allocation")
    verb.add_argument("--learner", default="", metavar="LOGIN", help="un apprenant seulement (bilan, attestation)")
    verb.add_argument("--day", type=date.fromisoformat, default=date.today(), help="un jour de la période")  # noqa: DTZ011
    _add_output(verb)
    verb = _verb(verbs, "syllabus", syllabus, "préparer le programme des 26 semaines, à imprimer")
    _add_output(verb)
    verb = _verb(verbs, "guide", guide, "préparer le guide du formateur d’une semaine, à imprimer")
    verb.add_argument("week", metavar="SEMAINE", nargs="?", default="", help="s01 ; toutes sans rien")
    _add_output(verb)
    verb = _verb(verbs, "dashboard", dashboard, "écrire le tableau de bord de la classe")
    verb.add_argument("--folder", type=Path, default=Path("tableau-de-bord"), help="dossier où écrire")
    verb = _verb(verbs, "cohort", cohort, "gérer les comptes de la classe")
    verb.add_argument(
        "action", choices=("import", "reset", "list"), help="importer un CSV, refaire un mot de passe, lister"
    )
    verb.add_argument("what", nargs="?", default="", help="fichier CSV (nom,identifiant,groupe), ou identifiant")
    verb = _verb(verbs, "install", install, "faire de la classe un service, avec un compte Unix par apprenant")
    verb.add_argument("--lan", action="store_true", help="ouvrir aux postes du réseau de la salle")
    verb.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien faire")
    verb = _verb(verbs, "backup", backup, "sauvegarder la classe dans un fichier, même pendant les cours")
    verb.add_argument("--to", type=Path, metavar="FICHIER", help="fichier à écrire ; codephenix-DATE.tar.gz par défaut")
    verb = _verb(verbs, "restore", restore, "remettre une classe sauvegardée, sur cette machine ou une autre")
    verb.add_argument("file", type=Path, metavar="FICHIER", help="la sauvegarde")
    _verb(verbs, "privacy", privacy, "dire quelles données personnelles sont gardées")
    verb = _verb(verbs, "export", export, "donner à un apprenant toutes ses données, dans un ZIP")
    verb.add_argument("learner", metavar="LOGIN")
    verb.add_argument("--to", type=Path, help="fichier à écrire ; LOGIN.zip par défaut")
    verb = _verb(verbs, "erase", erase, "effacer toutes les données d’un apprenant")
    verb.add_argument("learner", metavar="LOGIN")
    verb.add_argument("--confirm", default="", metavar="LOGIN", help="répéter l’identifiant pour confirmer")


def _verb(verbs: Any, name: str, function: Callable[[argparse.Namespace], int], summary: str) -> Any:
    parser = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.add_argument("--json", action="store_true", help="répondre en JSON, pour un programme")
    parser.set_defaults(verb=in_french(function))
    return parser


def _add_output(verb: Any) -> None:
    verb.add_argument("--folder", type=Path, default=Path("documents"), help="dossier où écrire")
    verb.add_argument("--pdf", action="store_true", help="écrire aussi en PDF")


def in_french(function: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The same verb, whose known problems are one French line and exit code 1."""

    def verb(options: argparse.Namespace) -> int:
        try:
            return function(options)
        except Problem as problem:
            print(problem, file=sys.stderr)
            return PROBLEM

    return verb


def step(options: argparse.Namespace) -> int:
    """Run one step of a week."""
    from codephenix.console.week import Desk

    desk = Desk(options.root)
    slug = desk.week(options.week)
    steps: dict[str, Any] = {
        "release": desk.release,
        "collect": desk.collect,
        "feedback": partial(desk.feedback, progress=_progress),
    }
    summary = steps[options.step](slug)
    if options.pdf:
        desk.print_feedback(slug)
    _say(options, asdict(summary), summary.sentences())
    return PROBLEM if summary.problems else FINE


def _progress(name: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done + 1}/{total} {name:<30}", end="\n" if done + 1 == total else "", file=sys.stderr)


def grade(options: argparse.Namespace) -> int:
    """Grade what was collected; one line per problem, then what was done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from codephenix.console import batch
    from codephenix.console.week import Desk

    desk = Desk(options.root)
    weeks = [desk.week(word) for word in options.weeks] or sorted(desk.api.get_source_assignments())
    work = batch.waiting(options.root, weeks)
    columns = TextColumn("{task.description:<30}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), disable=options.json) as bar:
        task = bar.add_task("Correction", total=len(work))

        def tell(result: batch.Graded) -> None:
            bar.update(task, advance=1, description=result.work.learner)
            if result.problem:
                bar.console.print(f"✗ {result.work.learner}, {result.work.week}\u00a0: {result.problem}", markup=False)

        results = batch.grade(options.root, work, force=options.force, parallel=options.parallel, tell=tell)
    problems = [result for result in results if result.problem]
    skipped = sum(result.skipped for result in results)
    done = len(results) - skipped - len(problems)
    sentence = f"{done} corrigés, {skipped} déjà à jour, {len(problems)} en échec."
    found = [desk.to_look_at(week) for week in weeks if any(one.week == week for one in work)]
    data = {"graded": done, "skipped": skipped, "problems": [asdict(one) for one in problems]}
    looks = [line for summary in found for line in summary.sentences()]
    _say(options, {**data, "weeks": [asdict(summary) for summary in found]}, [sentence, *looks])
    return PROBLEM if problems else FINE


def show_status(options: argparse.Namespace) -> int:
    """Show where the class stands."""
    from codephenix.console import status

    found = status.status(options.root)
    _say(options, asdict(found), status.sentences(found))
    return FINE


def presence(options: argparse.Namespace) -> int:
    """Write the presences of a day for the whole class."""
    from codephenix.console import attendance
    from codephenix.console.week import Desk

    learners = [learner.login for learner in Desk(options.root).register().learners]
    unknown = sorted(set(options.absent) - set(learners))
    if unknown:
        raise attendance.AttendanceProblem(f"Apprenant inconnu\u00a0: {', '.join(unknown)}. Rien n’est écrit.")
    day = [
        attendance.Presence(options.day, login, 0.0, options.reason)
        if login in options.absent
        else attendance.Presence(options.day, login, options.hours)
        for login in learners
    ]
    attendance.write_day(options.root / attendance.FILE, day)
    present = len(learners) - len(options.absent)
    _say(
        options, {"present": present, "absent": options.absent}, [f"{options.day:%d/%m/%Y}\u00a0: {present} présents."]
    )
    return FINE


def paper(options: argparse.Namespace) -> int:
    """Write documents as HTML, and as PDF when asked."""
    from codephenix.console import attendance, papers, settings
    from codephenix.console.week import Desk

    register = Desk(options.root).register()
    documents = papers.documents(
        options.kind,
        register,
        attendance.load(options.root / attendance.FILE),
        options.day,
        settings=settings.load(options.root),
        login=options.learner,
    )
    return _write(options, documents)


def syllabus(options: argparse.Namespace) -> int:
    """Write the syllabus as HTML, and as PDF when asked."""
    from codephenix import syllabus as manifest
    from codephenix.console import handouts, settings

    course = manifest.loads((options.root / "course.toml").read_text("utf-8"))
    return _write(options, {"programme": handouts.syllabus(course, settings.load(options.root))})


def guide(options: argparse.Namespace) -> int:
    """Write trainer's guides as HTML, and as PDF when asked."""
    from codephenix.console import handouts, settings

    known, texts = settings.load(options.root), handouts.guides(options.root, options.week)
    return _write(options, {f"guide-{name}": handouts.guide(text, known) for name, text in texts.items()})


def _write(options: argparse.Namespace, documents: dict[str, str]) -> int:
    from codephenix.console import papers

    written = [str(path) for path in papers.write(documents, options.folder, pdf=options.pdf)]
    _say(options, {"files": written}, [*written, f"{len(written)} document{'s' if len(written) > 1 else ''}."])
    return FINE


def dashboard(options: argparse.Namespace) -> int:
    """Write the dashboard as pages."""
    from codephenix.console import dashboard as pages
    from codephenix.console import settings
    from codephenix.console.week import Desk

    files = pages.write(Desk(options.root).classroom(), options.root / options.folder, settings.load(options.root))
    _say(options, {"files": [str(path) for path in files]}, [f"Ouvrez {files[0]}"])
    return FINE


def cohort(options: argparse.Namespace) -> int:
    """Change the accounts of the class."""
    from codephenix.hub import cohort as accounts

    report = accounts.run(options.root, options.action, options.what)
    _say(options, asdict(report), report.sentences())
    return FINE


def backup(options: argparse.Namespace) -> int:
    """Save the class to one file."""
    from codephenix.hub import backup as archive

    target = options.to or Path(archive.file_name(datetime.now()))  # noqa: DTZ005  # the room's own time
    count = archive.save(options.root, target)
    size = target.stat().st_size / 1_000_000
    _say(options, {"file": str(target), "count": count}, [f"{target}\u00a0: {count} fichiers, {size:.1f} Mo."])
    return FINE


def restore(options: argparse.Namespace) -> int:
    """Put a saved class back."""
    from codephenix.hub import backup as archive

    count = archive.restore(options.root, options.file)
    _say(options, {"count": count}, [f"{count} fichiers restaurés. Ouvrez la classe\u00a0: codephenix serve"])
    return FINE


def install(options: argparse.Namespace) -> int:
    """Make the class a service with an account for each."""
    from codephenix.hub import install as system
    from codephenix.hub import roster, settings

    learners = [login for login, one in roster.load(settings.Places(options.root)).items() if one.active]
    own = settings.load(options.root)
    if own.accounts != "each":
        raise settings.HubProblem(f'Écrivez d’abord accounts = "each" sous [server], dans {settings.FILE}.')
    steps = list(system.install(options.root, own, learners, lan=options.lan, dry=options.dry_run))
    _say(options, {"steps": steps}, steps)
    return FINE


def privacy(options: argparse.Namespace) -> int:
    """Say what is kept."""
    from codephenix.console import privacy as data

    kept = [{"what": what, "where": where, "how_long": how_long} for what, where, how_long in data.KEPT]
    _say(options, {"kept": kept}, data.summary(date.today()).splitlines())  # noqa: DTZ011
    return FINE


def export(options: argparse.Namespace) -> int:
    """Export what is kept about a learner."""
    from codephenix.console import privacy as data

    target = options.to or Path(f"{options.learner}.zip")
    desk, store = _store(options.root)
    count = data.export(store, desk.register(), options.learner, target)
    _say(options, {"file": str(target), "count": count}, [f"{target}\u00a0: {count} fichiers."])
    return FINE


def erase(options: argparse.Namespace) -> int:
    """Erase what is kept about a learner."""
    from codephenix.console import privacy as data
    from codephenix.hub import roster
    from codephenix.hub.settings import Places

    desk, store = _store(options.root)
    data.erase(store, desk.register(), options.learner, confirmed=options.confirm)
    roster.forget(Places(options.root), options.learner)
    _say(options, {"erased": options.learner}, [f"Les données de {options.learner} sont effacées."])
    return FINE


def _store(root: Path) -> tuple[Any, Any]:
    from codephenix.console.attempts import FOLDER
    from codephenix.console.privacy import Store
    from codephenix.console.week import Desk

    desk = Desk(root)
    return desk, Store(root, desk.api.coursedir.db_url, root / FOLDER, desk.submissions())


def _say(options: argparse.Namespace, data: dict[str, Any], sentences: Iterable[str]) -> None:
    print(json.dumps(data, ensure_ascii=False, default=str) if options.json else "\n".join(sentences))
