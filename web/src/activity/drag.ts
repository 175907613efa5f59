// Follows a pointer that drags a line, and says where the line would land.

import type { Spot } from "./ordering.ts";

const THRESHOLD = 6; // px before a press becomes a drag
const INDENT_PX = 24; // sideways travel of one step of indentation

export interface DragActions {
  begin(piece: number): boolean; // false: this line does not move
  move(piece: number, spot: Spot, indentDelta: number): void;
  end(piece: number, dropped: boolean): void;
}

interface Drag {
  piece: number;
  pointer: number;
  x: number;
  y: number;
  moving: boolean;
}

/** The pointer is captured by `root`, not by the line: a line that changes place in the page would lose it. */
export function followDrag(root: HTMLElement, actions: DragActions): void {
  let drag: Drag | undefined;

  root.addEventListener("pointerdown", (event) => {
    const target = event.target as Element;
    const line = target.closest(".cpx-line");
    const item = line?.closest<HTMLElement>("li[data-piece]");
    // A finger on the text scrolls the page; on the grip, it drags.
    const scrolls = event.pointerType === "touch" && !target.closest(".cpx-grip");
    if (!item || event.button !== 0 || scrolls) return;
    drag = { piece: Number(item.dataset.piece), pointer: event.pointerId, x: event.clientX, y: event.clientY, moving: false };
  });

  root.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const dx = event.clientX - drag.x;
    if (!drag.moving && Math.hypot(dx, event.clientY - drag.y) < THRESHOLD) return;
    if (!drag.moving && !actions.begin(drag.piece)) {
      drag = undefined;
      return;
    }
    if (!drag.moving) root.setPointerCapture(drag.pointer);
    drag.moving = true;
    event.preventDefault();
    actions.move(drag.piece, spotAt(root, drag.piece, event.clientY), Math.round(dx / INDENT_PX));
  });

  const finish = (dropped: boolean) => (event: PointerEvent) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { piece, moving } = drag;
    drag = undefined;
    if (moving) actions.end(piece, dropped);
  };
  root.addEventListener("pointerup", finish(true));
  root.addEventListener("pointercancel", finish(false));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag?.moving) {
      const { piece } = drag;
      drag = undefined;
      actions.end(piece, false);
    }
  });
}

function spotAt(root: HTMLElement, piece: number, y: number): Spot {
  const box = root.querySelector(".cpx-aside");
  const area = box && y >= box.getBoundingClientRect().top ? "aside" : "main";
  const list = area === "main" ? root.querySelector("ol") : root.querySelector("ul");
  const others = [...(list?.children ?? [])].filter((item) => (item as HTMLElement).dataset.piece !== String(piece));
  const above = others.filter((item) => {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2 < y;
  });
  return { area, index: above.length };
}
