// The stage of the live preview: the page before stays until the next is drawn, so nothing blinks; widths, rotation, zoom.
import { Stage } from "../card/stage.ts";
import { byId } from "../card/template.ts";

const HEIGHTS: Record<number, number> = { 320: 568, 768: 1024, 1280: 1920 }; // px, of a screen of this width

export interface Glass {
  width: number;
  height: number;
  left: number;
  scale: number;
}

export class LiveStage extends Stage {
  rotated = false;
  zoom = 0; // 0 fits the panel
  moved: (glass: Glass) => void = () => {};

  /** Under the page before, which goes when this one is drawn. */
  protected override place(frame: HTMLIFrameElement): void {
    const stage = byId("stage");
    const before = stage.querySelectorAll("iframe");
    for (const old of [...before].slice(1)) old.remove();
    frame.addEventListener("load", () => {
      stage.querySelectorAll("iframe").forEach((one) => one !== frame && one.remove());
    });
    stage.prepend(frame);
    frame.inert = false;
    before.forEach((old) => (old.inert = true));
  }

  override fit(): void {
    const { clientWidth, clientHeight } = byId("stage");
    if (!this.frame || !clientWidth) return;
    const device = this.width;
    const turned = this.rotated && device > 0;
    const width = turned ? HEIGHTS[device]! : device || Math.round(clientWidth / (this.zoom || 1));
    const scale = this.zoom || Math.min(1, clientWidth / width);
    const height = Math.min(turned ? device : Infinity, clientHeight / scale);
    const left = Math.max(0, (clientWidth - width * scale) / 2);
    this.draw({ width, height, left, scale });
  }

  private draw(glass: Glass): void {
    const { width, height, left, scale } = glass;
    Object.assign(this.frame!.style, {
      width: `${width}px`, height: `${height}px`, left: `${left}px`, transform: `scale(${scale})`,
    });
    this.frame!.classList.toggle("narrow", width * scale < byId("stage").clientWidth);
    byId("size").textContent = `${width} px${scale === 1 ? "" : `, à ${Math.round(scale * 100)} %`}`;
    this.moved(glass);
  }
}
