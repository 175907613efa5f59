"""``python -m codephenix``: the same as the ``codephenix`` command."""

import sys

from codephenix.cli import main

sys.exit(main())
