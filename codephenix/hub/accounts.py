"""NativeAuthenticator without what a class does not need: no sign-up, the hub's own sign-in page.

NativeAuthenticator 1.3 calls a part of JupyterHub that version 6 no longer has, in its sign-in page only; hence the
hub's own handler there. Passwords, lock-out after failed tries and the change of password are NativeAuthenticator's.

Law of this module: accounts are made by the trainer, on the command line.
"""

from __future__ import annotations

from typing import Any

from jupyterhub.handlers.login import LoginHandler
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.handlers import ChangePasswordHandler


class ClassAuthenticator(NativeAuthenticator):
    """Accounts of the class."""

    def get_handlers(self, app: Any) -> list[tuple[str, Any]]:
        """Sign in, and change one's own password."""
        del app
        return [("/login", LoginHandler), ("/change-password", ChangePasswordHandler)]
