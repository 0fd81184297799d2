// What is measured inside a page. Each function stands alone, as it runs there.

/** Texts that stand over one another: pairs of lines of different elements that share more than an edge. */
export function overlaps() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("script, style, title, desc, option")) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) continue;
    // Only what its scrolling ancestors let through is seen.
    const clip = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };
    for (let at = parent; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.clipPath === "none") continue;
      const frame = at.getBoundingClientRect();
      clip.left = Math.max(clip.left, frame.left);
      clip.right = Math.min(clip.right, frame.right);
      clip.top = Math.max(clip.top, frame.top);
      clip.bottom = Math.min(clip.bottom, frame.bottom);
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const one = {
        left: Math.max(box.left, clip.left), right: Math.min(box.right, clip.right),
        top: Math.max(box.top, clip.top), bottom: Math.min(box.bottom, clip.bottom), text, parent,
      };
      // What waits above the page for the keyboard is not seen.
      if (one.right - one.left > 2 && one.bottom - one.top > 2 && one.bottom + scrollY > 0) boxes.push(one);
    }
  }
  // What a style writes before an element has no box that can be asked for: it is where its style puts it.
  for (const element of document.querySelectorAll("main *")) {
    const style = getComputedStyle(element, "::before");
    if (style.position !== "absolute" || !/^"(?!")/.test(style.content) || !element.checkVisibility()) continue;
    const frame = element.getBoundingClientRect();
    const left = frame.left + parseFloat(style.left);
    const top = frame.top + parseFloat(style.top);
    const box = { left, top, right: left + parseFloat(style.width), bottom: top + parseFloat(style.height) };
    if (box.right - box.left > 2) boxes.push({ ...box, text: { data: style.content }, parent: null });
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
      const b = boxes[j];
      if (a.text === b.text) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - b.top;
      // Lines set close share the edges of their boxes, not their letters.
      if (across > 2 && down > 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top)) {
        found.push(`«${a.text.data.trim().slice(0, 40)}» over «${b.text.data.trim().slice(0, 40)}»`);
      }
    }
  });
  return [...new Set(found)].slice(0, 4);
}

/** Tables that scroll, scrolled: each header cell stands above its column and is seen, each row has one ground. */
export function scrolledTables() {
  const found = [];
  for (const place of document.querySelectorAll(".scorri")) {
    const table = place.querySelector("table");
    const [head, row] = [table.tHead?.rows[0], table.tBodies[0]?.rows[0]];
    const name = table.caption?.textContent.trim().slice(0, 40);
    if (!head || !row || !place.checkVisibility() || getComputedStyle(head).display !== "table-row") continue;
    const far = place.scrollWidth - place.clientWidth;
    for (const left of far > 1 ? [0, far / 2, far] : [0]) {
      place.scrollLeft = left;
      [...head.cells].forEach((cell, i) => {
        if (!row.cells[i] || cell.colSpan > 1 || row.querySelector("[colspan]")) return;
        const [above, below] = [cell.getBoundingClientRect(), row.cells[i].getBoundingClientRect()];
        if (Math.abs(above.left - below.left) > 1 || Math.abs(above.right - below.right) > 1) {
          found.push(`${name}: «${cell.textContent.trim()}» does not stand above its column, scrolled by ${Math.round(left)}`);
        }
      });
      const frame = place.getBoundingClientRect();
      const title = table.caption?.getBoundingClientRect();
      if (title && title.left < frame.left - 1) found.push(`${name}: its title is cut, scrolled by ${Math.round(left)}`);
      for (const cell of table.querySelectorAll("th")) {
        if (getComputedStyle(cell).position !== "sticky") continue;
        const box = cell.getBoundingClientRect();
        const seen = Math.min(box.right, frame.right) - Math.max(box.left, frame.left);
        if (far > 1 && seen > frame.width * 0.6) found.push(`${name}: «${cell.textContent.trim().slice(0, 30)}» hides its row`);
        if (left === 0) continue;
        cell.scrollIntoView({ block: "center", inline: "nearest" });
        place.scrollLeft = left;
        const now = cell.getBoundingClientRect();
        const on = document.elementFromPoint(Math.max(now.left, frame.left) + 4, now.top + now.height / 2);
        if (on && !cell.contains(on)) found.push(`${name}: «${cell.textContent.trim().slice(0, 30)}» lies under «${on.textContent.trim().slice(0, 30)}»`);
      }
    }
    place.scrollLeft = 0;
    for (const other of table.rows) {
      const ground = getComputedStyle(other).backgroundColor;
      const clear = "rgba(0, 0, 0, 0)";
      for (const cell of other.cells) {
        const own = getComputedStyle(cell).backgroundColor;
        if (ground !== clear && own !== clear && own !== ground) found.push(`${name}: «${cell.textContent.trim().slice(0, 30)}» is not tinted as its row`);
      }
    }
  }
  scrollTo(0, 0);
  return [...new Set(found)].slice(0, 6);
}

/** Ids that two elements have. */
export function doubleIds() {
  const seen = new Set();
  return [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id) => seen.size === seen.add(id).size);
}
