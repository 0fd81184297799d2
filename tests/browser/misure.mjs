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

/** Tables: none needs a sideways scroll; as a table each header stands above its column and stays in sight over the last
 * row; as cards each figure has a name; each row has one ground. */
export function tables() {
  const found = [];
  for (const place of document.querySelectorAll(".scorri")) {
    const table = place.querySelector("table");
    const [head, rows] = [table.tHead?.rows[0], [...(table.tBodies[0]?.rows ?? [])]];
    const name = table.caption?.textContent.trim().slice(0, 40);
    if (!head || !rows.length || !place.checkVisibility()) continue;
    const far = place.scrollWidth - place.clientWidth;
    // The table of rules by records has a column a record.
    if (far > 1 && !table.matches(".matrice")) found.push(`${name}: scrolls sideways by ${far} px`);
    if (getComputedStyle(rows[0]).display === "table-row") {
      [...head.cells].forEach((cell, i) => {
        if (!rows[0].cells[i] || cell.colSpan > 1 || rows[0].querySelector("[colspan]")) return;
        const [above, below] = [cell.getBoundingClientRect(), rows[0].cells[i].getBoundingClientRect()];
        if (Math.abs(above.left - below.left) > 1 || Math.abs(above.right - below.right) > 1) {
          found.push(`${name}: «${cell.textContent.trim()}» does not stand above its column`);
        }
      });
      const last = rows.at(-1);
      scrollTo(0, last.getBoundingClientRect().top + scrollY - 200);
      if (far <= 1 && last.getBoundingClientRect().top < 400) {
        const top = head.cells[0].getBoundingClientRect().top;
        if (table.tHead.getBoundingClientRect().top < 0 && Math.abs(top) > 1) found.push(`${name}: its header does not stick, it stands at ${Math.round(top)} px`);
      }
    } else {
      for (const cell of rows.flatMap((row) => [...row.cells])) {
        // What nobody tells is not shown: the row says it.
        if (cell.tagName === "TD" && cell.textContent.trim() && cell.checkVisibility() && !cell.dataset.nome) found.push(`${name}: «${cell.textContent.trim().slice(0, 30)}» has no name`);
      }
    }
    for (const row of table.rows) {
      const ground = getComputedStyle(row).backgroundColor;
      const clear = "rgba(0, 0, 0, 0)";
      for (const cell of row.cells) {
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
