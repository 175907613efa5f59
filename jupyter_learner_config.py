"""Settings of the learner's Jupyter server; reasons and choices are in codephenix.server."""

from pathlib import Path

from codephenix import lab, server

c = get_config()
root = Path(__file__).parent / lab.HOME / "espace"
server.configure(c, root, home="cours/index.ipynb")
