// Addresses as the page wrote them. A srcdoc page borrows the base address of Jupyter: what the browser has
// completed with it is cut back to what the learner typed.

const base = () => document.baseURI.replace(/[^/]*([?#].*)?$/s, "");

/** The address as it was written, from one that the browser may have completed. */
export function asWritten(address: string): string {
  const folder = base();
  if (address.startsWith("about:srcdoc")) return address.slice("about:srcdoc".length);
  if (folder.includes("/") && address.startsWith(folder)) return address.slice(folder.length);
  const origin = /^https?:\/\/[^/]+/.exec(folder)?.[0];
  return origin && address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
}

export const isOutside = (address: string) => /^([a-z][a-z\d+.-]*:)?\/\//i.test(address.trim());
