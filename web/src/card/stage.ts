// The frame of the page at its chosen width, scaled down when the card is narrower.
import { byId } from "./template.ts";

export class Stage {
  frame: HTMLIFrameElement | undefined;
  protected width = 0; // px; 0 follows the card

  constructor() {
    new ResizeObserver(() => this.fit()).observe(byId("stage"));
    byId("widths").addEventListener("change", (event) => {
      this.width = Number((event.target as HTMLInputElement).value);
      this.fit();
    });
  }

  /** A new frame each time: a page leaves nothing behind, nor any step in the history of the tab. */
  show(html: string, title: string): void {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = title;
    frame.srcdoc = html;
    this.place(frame);
    this.frame = frame;
    this.fit();
  }

  protected place(frame: HTMLIFrameElement): void {
    byId("stage").replaceChildren(frame);
  }

  fit(): void {
    const { clientWidth, clientHeight } = byId("stage");
    if (!this.frame || !clientWidth) return;
    const width = this.width || clientWidth;
    const scale = Math.min(1, clientWidth / width);
    Object.assign(this.frame.style, {
      width: `${width}px`,
      height: `${clientHeight / scale}px`,
      left: `${Math.max(0, (clientWidth - width) / 2)}px`,
      transform: `scale(${scale})`,
    });
    this.frame.classList.toggle("narrow", width < clientWidth);
    byId("size").textContent = `${width} px${scale < 1 ? `, à ${Math.round(scale * 100)} %` : ""}`;
  }
}
