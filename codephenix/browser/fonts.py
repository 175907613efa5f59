"""The fonts of the grading browser: the same on every machine, so that a page measures the same everywhere.

    sans-serif, Arial, Helvetica    Arimo      same widths as Arial
    serif, Times New Roman          Tinos      same widths as Times New Roman
    monospace, Courier New          Cousine    same widths as Courier New

The learner's own browser shows Arial, Times New Roman and Courier New, or fonts of the same widths (Liberation): its
preview looks the same. Fonts of the machine only serve for signs that these three do not have.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FOLDER = "fonts"
CONFIGURATION = "fonts.conf"
FAMILIES = {
    "Arimo": ("sans-serif", "Arial", "Helvetica", "Liberation Sans", "system-ui", "ui-sans-serif", "sans"),
    "Tinos": ("serif", "Times New Roman", "Times", "Liberation Serif", "ui-serif"),
    "Cousine": ("monospace", "Courier New", "Courier", "Liberation Mono", "ui-monospace", "mono"),
}

_RULE = """<match target="pattern"><test name="family" qual="any" compare="eq"><string>{name}</string></test>\
<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>"""
_FILE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>
<cachedir>{folder}/font-cache</cachedir>
{rules}
</fontconfig>
"""


def install(folder: str) -> dict[str, str]:
    """Put the fonts and their configuration into a folder; the environment in which Chromium finds them."""
    fonts = Path(folder, FOLDER)
    fonts.mkdir()
    for font in (files("codephenix") / "assets" / "fonts").iterdir():
        if font.name.endswith(".ttf"):
            fonts.joinpath(font.name).write_bytes(font.read_bytes())
    names = ((name, family) for family, replaced in FAMILIES.items() for name in replaced)
    rules = "\n".join(_RULE.format(name=name, family=family) for name, family in names)
    configuration = Path(folder, CONFIGURATION)
    configuration.write_text(_FILE.format(folder=folder, rules=rules), "utf-8")
    return {"FONTCONFIG_FILE": str(configuration)}
