"""JupyterHub's configuration of this course; reasons and choices are in codephenix.hub.config."""

from pathlib import Path

from codephenix.hub import config, settings

c = get_config()
root = Path(__file__).parent
config.configure(c, root, settings.load(root))
