// fetch and XMLHttpRequest, served from the files of the site; what the policy refuses, said in French.
import { resolve, type SiteFile } from "../site.ts";
import { asWritten, isOutside } from "./address.ts";
import type { Runtime } from "./main.ts";

const outside = (address: string) => `${address} n’est pas chargé : il n’y a pas d’internet ici.`;

function bytes(file: SiteFile): Uint8Array<ArrayBuffer> {
  if (file.base64 === undefined) return new TextEncoder().encode(file.text);
  return Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
}

type Served = { body: Uint8Array<ArrayBuffer>; type: string; status: number };

/** The answer of the site; null when the address is not of the site. */
function serve({ site, page, send }: Runtime, written: string): Served | null {
  const address = asWritten(written);
  if (/^(data|blob):/.test(address)) return null;
  if (isOutside(address)) {
    send({ kind: "line", level: "error", text: outside(address) });
    return null;
  }
  const file = site.file(site.find(page, address || page));
  if (!file) return { body: new Uint8Array(), type: "text/plain", status: 404 };
  return { body: bytes(file), type: file.type, status: 200 };
}

function replaceFetch(runtime: Runtime): void {
  window.fetch = async (input) => {
    const address = input instanceof Request ? input.url : String(input);
    const found = serve(runtime, address);
    if (!found) throw new TypeError("Failed to fetch");
    return new Response(found.body, { status: found.status, headers: { "Content-Type": found.type } });
  };
}

/** As much of XMLHttpRequest as lessons and small libraries use; always asynchronous. */
class SiteRequest extends EventTarget {
  static runtime: Runtime;
  readyState = 0;
  status = 0;
  responseText = "";
  responseType = "";
  response: unknown = "";
  #address = "";
  #type = "";

  open(_method: string, address: string): void {
    this.#address = String(address);
    this.readyState = 1;
  }

  setRequestHeader(): void {}
  abort(): void {}
  overrideMimeType(): void {}
  getAllResponseHeaders = () => `content-type: ${this.#type}`;
  getResponseHeader = (name: string) => (name.toLowerCase() === "content-type" ? this.#type : null);

  send(): void {
    const found = serve(SiteRequest.runtime, this.#address);
    SiteRequest.runtime.later(() => {
      this.readyState = 4;
      if (found) this.#fill(found);
      for (const name of ["readystatechange", found ? "load" : "error", "loadend"]) this.#fire(name);
    });
  }

  #fill({ body, type, status }: Served): void {
    this.status = status;
    this.#type = type;
    this.responseText = new TextDecoder().decode(body);
    if (this.responseType === "json") this.response = this.#json();
    else if (this.responseType === "blob") this.response = new Blob([body], { type });
    else this.response = this.responseType === "arraybuffer" ? body.buffer : this.responseText;
  }

  #json(): unknown {
    try {
      return JSON.parse(this.responseText);
    } catch {
      return null;
    }
  }

  #fire(name: string): void {
    const event = new Event(name);
    this.dispatchEvent(event);
    (Reflect.get(this, `on${name}`) as ((event: Event) => void) | undefined)?.call(this, event);
  }
}

/** What the policy of the page refused: an outside file, or one that a script asked for by itself. */
function sayRefused({ site, page, send }: Runtime): void {
  const said = new Set<string>();
  document.addEventListener("securitypolicyviolation", (event) => {
    const address = asWritten(event.blockedURI);
    if (said.has(address) || !/[./]/.test(address)) return;
    said.add(address);
    if (resolve(page, address) !== null) site.find(page, address);
    else send({ kind: "line", level: "error", text: outside(address) });
  });
}

export function replaceNetwork(runtime: Runtime): void {
  // The policy does not cover calls between browsers in Chromium.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) Reflect.deleteProperty(window, name);
  SiteRequest.runtime = runtime;
  replaceFetch(runtime);
  window.XMLHttpRequest = SiteRequest as unknown as typeof XMLHttpRequest;
  sayRefused(runtime);
}
