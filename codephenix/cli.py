"""The ``codephenix`` command: verbs, no logic.

Exit codes: 0 fine, 1 a problem in the content or in a mark, 2 usage, 3 environment (no Chromium).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codephenix import __version__
from codephenix.console import commands
from codephenix.parser import Parser

FINE, PROBLEM, USAGE, ENVIRONMENT = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    options = _parser().parse_args(arguments)
    options.root = options.root.resolve()
    wanted = "nbgrader_config.py" if getattr(options, "trainer", False) else "course.toml"
    if options.verb not in (text, mockup) and not (options.root / wanted).exists():
        print(
            f"Aucun cours dans {options.root}\u00a0: le fichier {wanted} manque. "
            "Allez dans le dossier du cours, ou indiquez-le avec --root.",
            file=sys.stderr,
        )
        return PROBLEM
    from codephenix.browser import BrowserMissing

    try:
        return int(options.verb(options))
    except BrowserMissing as missing:
        print(missing, file=sys.stderr)
        return ENVIRONMENT
    except KeyboardInterrupt:
        print("\nArrêté.", file=sys.stderr)
        return PROBLEM


def run(options: argparse.Namespace) -> int:
    """Open the course in JupyterLab."""
    from codephenix import lab

    return lab.serve(options.root, trainer=options.trainer, port=options.port)


def demo(options: argparse.Namespace) -> int:
    """Grade a simulated class."""
    from codephenix import demo as classroom

    return PROBLEM if classroom.play(options.root, options.folder) else FINE


def check(options: argparse.Namespace) -> int:
    """Check the content."""
    from codephenix import proof, watching

    if options.watch:
        print("Chaque fichier enregistré est vérifié. Pour arrêter\u00a0: Ctrl + C.", flush=True)
        watching.watch(options.root, options.slug)
        return FINE
    problems = proof.check_course(options.root, options.slug)
    if options.mutants:
        from codephenix import mutation

        problems += mutation.check_mutants(options.root, options.slug)
    print(*watching.report(problems), sep="\n")
    if problems:
        print("Chaque règle a sa page dans docs/checks, avec la façon de réparer.")
    return PROBLEM if problems else FINE


def new(options: argparse.Namespace) -> int:
    """Make a lesson or an exercise from its skeleton."""
    from codephenix import authoring

    if options.kind == "lesson":
        written = authoring.new_lesson(options.root, options.week, options.lesson)
    else:
        written = authoring.new_exercise(
            options.root, options.week, options.lesson, options.slug, title=options.title, kind=options.type
        )
    print(*written, sep="\n")
    print(f"Remplacez ce qui est entre ‹ et ›, puis lancez\u00a0: codephenix check {options.lesson} --watch")
    return FINE


def mutate(options: argparse.Namespace) -> int:
    """Put faults into the solutions, and say which ones no test notices."""
    from codephenix import mutation
    from codephenix.notebooks import NotebookProblem
    from codephenix.syllabus import SyllabusProblem

    try:
        return FINE if mutation.print_reports(options.root, options.slug, everything=options.all) else PROBLEM
    except (OSError, NotebookProblem, SyllabusProblem, ValueError) as problem:
        print(problem, file=sys.stderr)
        return PROBLEM


def mockup(options: argparse.Namespace) -> int:
    """Make the mock-ups of a notebook from its solutions."""
    from codephenix.mockup import MockupProblem, make
    from codephenix.notebooks import NotebookProblem

    try:
        for line in make(options.notebook):
            print(line)
    except (OSError, NotebookProblem, MockupProblem) as problem:
        print(problem, file=sys.stderr)
        return PROBLEM
    return FINE


def format_notebooks(options: argparse.Namespace) -> int:
    """Put notebooks in canonical form."""
    from codephenix import proof

    changed = proof.format_course(options.root)
    print("\n".join([*changed, f"{len(changed)} notebook(s) mis en forme."]))
    return FINE


def text(options: argparse.Namespace) -> int:
    """Show a notebook as text, or write it from the text of the standard input."""
    from codephenix import notebooks

    path = options.notebook
    try:
        if options.write:
            path.write_text(notebooks.dumps(notebooks.from_plain_text(sys.stdin.read(), str(path))), "utf-8")
        else:
            print(notebooks.plain_text(notebooks.read(path.read_text("utf-8"), str(path))))
    except (OSError, notebooks.NotebookProblem) as problem:
        print(problem, file=sys.stderr)
        return PROBLEM
    return FINE


def serve(options: argparse.Namespace) -> int:
    """Open the class on the local hub."""
    from codephenix.hub import serve as hub

    return hub.serve(options.root, lan=options.lan, port=options.port)


def engine(options: argparse.Namespace) -> int:
    """Serve the test engine, or ask a running one how it is."""
    import asyncio

    from codephenix import remote, service
    from codephenix.browser import find_chromium

    if options.check:
        try:
            found = remote.health(options.socket)
        except remote.Unreachable:
            print(f"Personne ne répond sur {options.socket}. Lancez\u00a0: codephenix engine", file=sys.stderr)
            return PROBLEM
        print(f"Le correcteur répond\u00a0: {found['running']} en cours, {found['waiting']} en attente.")
        return FINE
    find_chromium()
    asyncio.run(service.serve(options.socket))
    return FINE


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="codephenix",
        description="Le cours d’intégration web CodePhenix, sur cette machine, sans internet.",
    )
    parser.add_argument("--version", action="version", version=f"CodePhenix {__version__}")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="dossier du cours (ici par défaut)")
    verbs = parser.add_subparsers(required=True, metavar="VERBE")

    verb = _verb(verbs, "run", run, "ouvrir le cours dans JupyterLab")
    verb.add_argument("--trainer", action="store_true", help="ouvrir l’espace du formateur, avec la correction")
    verb.add_argument("--port", type=int, default=8888, help="port d’écoute, 8888 par défaut")
    verb = _verb(verbs, "demo", demo, "corriger une classe simulée de 8 apprenants")
    verb.add_argument("--folder", type=Path, default=Path("demo"), help="dossier de la démonstration")
    verb = _verb(verbs, "check", check, "vérifier les leçons et les exercices")
    verb.add_argument("slug", nargs="?", default="", help="une semaine, un notebook ou un exercice seulement")
    verb.add_argument("--mutants", action="store_true", help="vérifier aussi ce que les tests voient (règle C17, lent)")
    verb.add_argument("--watch", action="store_true", help="vérifier à chaque enregistrement, jusqu’à Ctrl + C")
    verb = _verb(verbs, "new", commands.in_french(new), "créer une leçon ou un exercice à partir d’un modèle")
    kinds = verb.add_subparsers(required=True, metavar="QUOI", dest="kind")
    for name, summary in (("lesson", "une leçon que course.toml annonce"), ("exercise", "un exercice d’une leçon")):
        kind = kinds.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        kind.add_argument("week", metavar="SEMAINE", help="nom entier, comme s05-css-bases")
        kind.add_argument("lesson", metavar="LEÇON", help="nom entier, comme 01-premiere-regle")
    kind.add_argument("slug", metavar="EXERCICE", help="minuscules et tirets ; unique, et pour toujours")
    kind.add_argument("--title", required=True, help="titre que lit l’apprenant")
    kind.add_argument("--type", default="create", help="copy, complete, repair, adapt ou create (par défaut)")
    verb = _verb(verbs, "mutate", mutate, "mettre des fautes dans les solutions, et dire lesquelles aucun test ne voit")
    verb.add_argument("slug", nargs="?", default="", help="une semaine, un notebook ou un exercice seulement")
    verb.add_argument("--all", action="store_true", help="montrer aussi les fautes admises, avec leur raison")
    verb = _verb(verbs, "mockup", mockup, "faire les maquettes d’un notebook à partir de ses solutions")
    verb.add_argument("notebook", type=Path, help="fichier .ipynb de source/")
    _verb(verbs, "format", format_notebooks, "mettre les notebooks en forme canonique")
    verb = _verb(verbs, "text", text, "afficher un notebook comme du texte, ou l’écrire depuis ce texte")
    verb.add_argument("notebook", type=Path, help="fichier .ipynb")
    verb.add_argument("--write", action="store_true", help="écrire le notebook d’après le texte de l’entrée standard")
    verb = _verb(verbs, "serve", commands.in_french(serve), "ouvrir la classe : comptes, cours, correction")
    verb.add_argument("--lan", action="store_true", help="ouvrir aux postes du réseau de la salle")
    verb.add_argument("--port", type=int, default=0, help="port du site ; celui de hub.toml par défaut")
    verb = _verb(verbs, "engine", engine, "partager un seul correcteur entre tous les noyaux")
    verb.add_argument("--socket", type=Path, default=Path(".codephenix/engine.sock"), help="socket Unix à ouvrir")
    verb.add_argument("--check", action="store_true", help="dire si le correcteur répond")
    commands.add_to(verbs)
    return parser


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, function: object, summary: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(verb=function)
    return parser


if __name__ == "__main__":
    sys.exit(main())
