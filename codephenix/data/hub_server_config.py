"""Configuration of the server that one person gets from the hub; choices are in codephenix.hub.config."""

from codephenix.hub import config

c = get_config()
config.configure_server(c)
