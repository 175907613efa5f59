// Entry point of our JupyterLab extension.

import { aidePlugin } from "./aide/plugin.ts";
import { completionPlugin } from "./completion.ts";
import { offer } from "./container.ts";
import { diagnosticsPlugin } from "./diagnostics/plugin.ts";
import { handInPlugin } from "./handin.ts";
import { hintsPlugin } from "./hints.ts";
import { languagePlugin } from "./language.ts";
import { launcherPlugin } from "./launcher.ts";
import { layoutPlugin } from "./layout.ts";
import { previewPlugin } from "./preview/plugin.ts";
import { progressPlugin } from "./progress/plugin.ts";
import { projectPlugin } from "./project/plugin.ts";
import { returnedPlugin } from "./returned.ts";
import { verifyPlugin } from "./verify.ts";

const PLUGINS = [
  launcherPlugin, verifyPlugin, handInPlugin, languagePlugin, completionPlugin, previewPlugin, layoutPlugin, hintsPlugin,
  progressPlugin, aidePlugin, diagnosticsPlugin, projectPlugin, returnedPlugin,
];

offer("codephenix", () => Promise.all(PLUGINS.map((make) => make())));
