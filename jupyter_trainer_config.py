"""Settings of the trainer's Jupyter server; reasons and choices are in codephenix.server."""

from pathlib import Path

from codephenix import grading, server

c = get_config()
root = Path(__file__).parent
server.configure(c, root, trainer=True)
grading.configure(c, root)
