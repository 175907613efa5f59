"""The Jupyter server: French, quiet, without any way to run code on this machine.

    configure   settings of a server, by role: the learner's or the trainer's
    extension   what settings cannot say: our formgrader in French, our « Validate », French file errors

Law of this module: settings are set, never appended, and each closed door says why.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbgrader.apps.baseapp import NbGrader
from tornado import web
from traitlets import Integer, default

from codephenix import doors, notebooks

LEARNER_EXTENSIONS = {
    "jupyterlab": True,
    "codephenix.server": True,
    "nbgrader.server_extensions.validate_assignment": True,
    "nbgrader.server_extensions.assignment_list": False,  # obeys nbgrader_config.py of the learner's folder
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.course_list": False,
    "jupyter_lsp": False,  # would start language servers
    "jupyter_server_terminals": False,
    "notebook": False,
    "notebook_shim": False,
}
TRAINER_EXTENSIONS = {**LEARNER_EXTENSIONS, "nbgrader.server_extensions.formgrader": True}


def configure(c: Any, root: Path, *, trainer: bool = False, home: str = "") -> None:
    """Set a server's configuration.

    root  folder that the file browser shows and that nothing leaves
    home  page opened first, relative to the root
    """
    c.ServerApp.root_dir = str(root)
    c.ServerApp.preferred_dir = str(root)
    c.ServerApp.jpserver_extensions = TRAINER_EXTENSIONS if trainer else LEARNER_EXTENSIONS
    c.ServerApp.open_browser = False
    c.ServerApp.allow_remote_access = False
    c.ServerApp.terminals_enabled = False  # a shell is the whole machine
    c.ServerApp.allow_root = True  # the hub decides who runs this; the demo may run in a container
    c.ServerApp.quit_button = False
    c.ServerApp.extra_template_paths = [str(files("codephenix") / "templates" / "server")]  # error pages in French
    c.ServerApp.kernel_spec_manager_class = OurKernels
    c.KernelSpecManager.allowed_kernelspecs = {"web", "python3"} if trainer else {"web"}  # Web executes nothing
    c.KernelSpecManager.ensure_native_kernel = False
    c.MultiKernelManager.default_kernel_name = "web"
    c.ServerApp.contents_manager_class = CourseContents
    c.ContentsManager.allow_hidden = False  # .ipython, .jupyter and .local hold configuration that is code
    c.ContentsManager.untitled_directory = "nouveau-dossier"  # « Untitled Folder » is English, and no page can load
    c.ContentsManager.untitled_file = "nouveau-fichier"  # what lies in a folder whose name has a space
    c.ContentsManager.untitled_notebook = "nouveau-notebook"
    c.FileContentsManager.delete_to_trash = False
    state = root / ".codephenix" / "lab" if trainer else root.parent / "lab"  # the home is shared by all servers
    c.LabApp.workspaces_dir = str(state / "workspaces")
    c.LabApp.user_settings_dir = str(state / "settings")
    c.LabApp.extension_manager = "readonly"
    c.LabApp.news_url = None
    c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    c.LabApp.default_url = f"/lab/tree/{home}" if home else "/lab"
    c.LabApp.collaborative = False
    if trainer:
        c.ContentsManager.pre_save_hook = canonical_on_save
        c.FormgradeExtension.debug = False  # would show all of the settings, in English
        c.NbGraderAPI.timestamp_format = "%d/%m/%Y à %H:%M"
        c.NbGraderAPI.timezone = LOCAL_TIME
    c.ServerApp.kernel_manager_class = doors.ContainedKernels
    doors.close_services()
    NbGrader.load_cwd_config = False  # nbgrader would run a learner's own nbgrader_config.py; ours is set above


class OurKernels(KernelSpecManager):
    """Offers the allowed kernels of this installation and no other.

    jupyter_client checks the allowed names when it lists kernels, not when it starts one; and it reads
    kernels from the user's own folder, where a learner could put any command.
    """

    @default("kernel_dirs")
    def _kernel_dirs_default(self) -> list[str]:
        return [str(Path(sys.prefix) / "share" / "jupyter" / "kernels")]

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """The spec of an allowed kernel; raises NoSuchKernel."""
        if kernel_name not in self.allowed_kernelspecs:
            raise NoSuchKernel(kernel_name)
        return super().get_kernel_spec(kernel_name)


LOCAL_TIME = "/etc/localtime"  # the machine's time zone, for dates of formgrader; UTC where there is no such file
HANDED_IN = ("submitted", "autograded")  # folders of the course, under the trainer's root
WIDGET = "application/vnd.jupyter.widget-view+json"


class Outside(web.HTTPError, OSError):
    """A link that leads out of the folder: not found when asked for, and skipped when its folder is listed.

    jupyter_server lists what it can and skips OSError, but an HTTPError of one entry would hide the whole folder.
    """

    errno = errno.ELOOP

    def __init__(self, path: str) -> None:
        web.HTTPError.__init__(self, 404, f"«\u00a0{path}\u00a0» n’existe pas.")


class CourseContents(AsyncLargeFileManager):
    """Files of the course; an activity saved by a kernel that is gone opens as an empty output.

    JupyterLab would show « Error displaying widget » there. Running the cell again brings the activity back.

    A notebook that a learner handed in is data for the trainer: JupyterLab would run the programs of the widgets saved
    in its metadata as soon as it is opened, trusted or not, and start the kernel that it names.
    """

    folder_mb = Integer(0, config=True, help="The most that the folder may hold, in MB; 0 for no limit.")

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Write a file, unless the folder is full: then it stays in the browser, and a sentence says why."""
        if self.folder_mb and _size_of(Path(self.root_dir)) > self.folder_mb * 1_000_000:
            raise web.HTTPError(
                507,
                f"Votre dossier est plein ({self.folder_mb}\u00a0Mo). Rien n’est perdu dans cette page. "
                "Supprimez des fichiers dont vous n’avez plus besoin, puis enregistrez à nouveau.",
            )
        try:
            return await super().save(model, path)
        except web.HTTPError as fault:
            if _is_full(fault):
                raise web.HTTPError(
                    507,
                    "L’ordinateur de la classe n’a plus de place. Rien n’est perdu dans cette page\u00a0: "
                    "laissez-la ouverte, et prévenez votre formateur.",
                ) from fault
            raise

    def _get_os_path(self, path: str) -> str:
        """Place of a file; a symbolic link leads nowhere outside the folder."""
        found = super()._get_os_path(path)
        if not Path(found).resolve().is_relative_to(Path(self.root_dir).resolve()):
            raise Outside(path)
        return found

    async def get(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Read a file or a folder."""
        model = await super().get(path, *args, **kwargs)
        if model["type"] == "notebook" and model["content"]:
            disarm(model["content"], handed_in=model["path"].split("/", 1)[0] in HANDED_IN)
            if not await self._has_kernel(model["path"]):
                drop_widgets(model["content"])
        return model

    async def _has_kernel(self, path: str) -> bool:
        assert self.parent is not None
        sessions = await self.parent.session_manager.list_sessions()
        return any(session["path"] == path for session in sessions)


def _is_full(fault: BaseException | None) -> bool:
    """Whether a fault, or one that it comes from, is a disk or a quota without room."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _size_of(folder: Path) -> int:
    """Bytes in a folder and below."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # removed meanwhile
                total += Path(parent, name).lstat().st_size
    return total


def disarm(notebook: dict[str, Any], *, handed_in: bool) -> None:
    """Remove the saved state of widgets, which holds programs; the kernel of what was handed in is the Web kernel."""
    notebook["metadata"].pop("widgets", None)
    if handed_in:
        notebook["metadata"]["kernelspec"] = dict(notebooks.KERNELSPEC)


def drop_widgets(notebook: dict[str, Any]) -> None:
    """Remove the outputs that only a live kernel can show."""
    for cell in notebook.get("cells", []):
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if WIDGET not in output.get("data", {})]


def canonical_on_save(model: dict[str, Any], **_: Any) -> None:
    """Save a course notebook in canonical form, so that git shows changes of content only."""
    if model.get("type") == "notebook" and model.get("content"):
        content = model["content"]
        if content.get("metadata", {}).get("kernelspec", {}).get("name") == "web":
            model["content"] = notebooks.canonical(notebooks.read_node(content))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "codephenix.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Put our exporter and our validator where nbgrader's extensions name their own.

    They are loaded after this one, in the order of their names.
    """
    from nbgrader.server_extensions.formgrader import formgrader

    from codephenix import formgrader as french
    from codephenix import grading, progression
    from codephenix.feedback import SafeHTMLExporter
    from codephenix.hub import handin

    formgrader.HTMLExporter = SafeHTMLExporter
    doors.close(app)
    french.add_to(app)
    handin.add_to(app)
    progression.add_to(app)
    grading.use_our_validator()
    app.log.info("CodePhenix is ready")
