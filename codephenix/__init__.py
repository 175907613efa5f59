"""CodePhenix: an offline, Jupyter-based course for web integrators."""

__all__ = ["__version__"]

__version__ = "0.1.0"
