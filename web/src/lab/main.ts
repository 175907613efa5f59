// Entry point of our JupyterLab extension.

import { completionPlugin } from "./completion.ts";
import { offer } from "./container.ts";
import { handInPlugin } from "./handin.ts";
import { languagePlugin } from "./language.ts";
import { launcherPlugin } from "./launcher.ts";
import { previewPlugin } from "./preview/plugin.ts";
import { verifyPlugin } from "./verify.ts";

offer("codephenix", () =>
  Promise.all([launcherPlugin(), verifyPlugin(), handInPlugin(), languagePlugin(), completionPlugin(), previewPlugin()]),
);
