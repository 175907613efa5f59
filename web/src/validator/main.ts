// Entry of the asset validator.js: defines globalThis.validateHtml(source, path), synchronous.
import { validateHtml } from "./validate.ts";

Object.assign(globalThis, { validateHtml });
