"""The class on a local JupyterHub: one box, a trainer and the learners in their browsers, no internet.

    settings   hub.toml: ports, names, limits
    roster     who is in the class; passwords, cards to print
    config     JupyterHub's configuration and that of each server
    handin     « Rendre »: a learner's week goes to the exchange
    serve      prepares everything, then runs the hub

Law of this package: learners run nothing on this machine but the Web kernel, and see no folder but their own.
"""
