// Entry point of our JupyterLab extension.

import { offer } from "./container.ts";
import { handInPlugin } from "./handin.ts";
import { launcherPlugin } from "./launcher.ts";
import { verifyPlugin } from "./verify.ts";

offer("codephenix", () => Promise.all([launcherPlugin(), verifyPlugin(), handInPlugin()]));
