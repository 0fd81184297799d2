// What makes the forms quicker; without it they do the same, when they are saved.
(() => {
  const QUIET = 500;
  let changed = false;
  addEventListener("input", event => { changed ||= event.target.closest("form.scheda") !== null; });
  addEventListener("submit", event => { changed &&= event.defaultPrevented; });
  addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });

  // A link to a field leads into it, also where its group is closed or the field has none of its own.
  const reach = () => {
    let name = location.hash.slice(1);
    while (name && !document.getElementById(name)) name = name.includes(".") ? name.replace(/\.[^.]*$/, "") : "";
    const place = name && document.getElementById(name);
    if (!place) return;
    for (let at = place; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    (place.closest(".campo") ?? place).scrollIntoView();
    place.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reach);
  addEventListener("load", reach);
  if (matchMedia("(min-width: 45rem)").matches) document.querySelectorAll(".indice").forEach(list => { list.open = true; });

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  // While the program is closed nothing is sent: what is written stays in its page.
  for (const form of document.querySelectorAll("form.scheda")) {
    let answers = false, asking = false;
    form.addEventListener("submit", async event => {
      if (answers) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      form.querySelector("#spento")?.remove();
      try {
        await fetch("stile.css", { method: "HEAD" });
        answers = true;
        form.requestSubmit(event.submitter);
      } catch {
        const said = element("span", "Non ancora salvato: concilia è spento. Quello che hai scritto resta in questa pagina: riaccendi concilia, poi salva di nuovo.", "rilievo errore");
        said.id = "spento";
        said.setAttribute("role", "alert");
        form.querySelector(".fondo").prepend(said);
      }
      answers = asking = false;
    });
  }

  const finding = told => {
    const line = element("p", "", `rilievo ${told.e_errore ? "errore" : "lieve"}`);
    line.append(element("strong", `${told.gravita}.`), ` ${told.detto}`);
    if (told.aiuto) line.append(" ", element("span", told.aiuto, "aiuto"));
    if (told.norma) line.append(" ", element("span", told.norma, "norma"));
    return line;
  };

  // The findings and the sums of the form as it would be saved: the program computes them.
  const show = answer => {
    for (const [name, findings] of Object.entries(answer.campi ?? {})) {
      document.getElementById(`r-${name}`)?.replaceChildren(...findings.map(finding));
      const control = document.getElementById(`c-${name}`);
      if (!control?.matches("input, select, textarea")) continue;
      if (findings.length) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    for (const sum of answer.conti ?? []) {
      const row = document.getElementById(`conto-${sum.colonna}`);
      if (!row) continue;
      row.classList.toggle("errato", !sum.torna);
      [sum.somma, sum.atteso, sum.esito].forEach((text, i) => { row.cells[i + 1].textContent = text; });
    }
  };

  for (const form of document.querySelectorAll("form[data-prova]")) {
    let waiting, asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const own = ++asked;
        try {
          const answer = await fetch("prova", { method: "POST", body: new URLSearchParams(new FormData(form)) });
          if (answer.ok && own === asked) show(await answer.json());
        } catch {
          // The program was closed: saving will say so.
        }
      }, QUIET);
    });
  }

  // A text in Markdown, as its page will show it.
  for (const area of document.querySelectorAll("textarea[data-markdown]")) {
    const button = element("button", "Anteprima del testo", "terzo");
    button.type = "button";
    const shown = element("div", "", "anteprima");
    shown.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const answer = await fetch("leggi", { method: "POST", body: new URLSearchParams({ testo: area.value }) });
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceChildren(...read.body.childNodes);
    });
    area.after(button, shown);
  }

  // Cells of a spreadsheet are separated by tabs, its rows by line breaks.
  const cells = event => event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/).map(line => line.split("\t"));
  const plain = word => word.normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "");
  const put = (control, value) => {
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };

  for (const table of document.querySelectorAll("table[data-incolla]")) {
    const said = element("p", "");
    said.setAttribute("role", "status");
    table.parentElement.after(said);
    const body = table.tBodies[0];
    // Titles of columns, their longer words, and the names of their fields.
    const titles = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
    const fields = [...body.rows[0]?.querySelectorAll("input, select") ?? []].map(control => control.name.replace(/.*\./, ""));
    const headings = new Set([...titles, ...fields, ...titles.flatMap(title => title.split(" ").filter(word => word.length > 3))].map(plain));
    const areHeadings = row => {
      const words = row.map(plain).filter(Boolean);
      return words.filter(word => headings.has(word)).length * 2 > words.length;
    };
    // The last row of a table that ends with new ones, once more: `n3.` after `n2.`.
    const another = () => {
      const last = body.rows[body.rows.length - 1];
      const number = Number(last.querySelector("[name]")?.name.match(/^n(\d+)\./)?.[1] ?? NaN);
      if (Number.isNaN(number)) return;
      const made = last.cloneNode(true);
      for (const control of made.querySelectorAll("[name]")) {
        control.name = control.name.replace(/^n\d+/, `n${number + 1}`);
        control.id = `c-${control.name}`;
        control.value = "";
      }
      last.after(made);
    };
    table.addEventListener("paste", event => {
      const lines = cells(event);
      const cell = event.target.closest("td");
      if (!cell || (lines.length === 1 && lines[0].length === 1)) return;
      event.preventDefault();
      const skipped = areHeadings(lines[0]);
      const headed = skipped ? lines.shift() : [];
      // Where each column goes: below its heading where every heading is one of the table's, else as it comes.
      const under = headed.map(heading => titles.findIndex((title, i) => plain(heading) && (plain(title).includes(plain(heading)) || fields[i - 1] === plain(heading))));
      const isHeaded = skipped && under.every(column => column >= 0) && new Set(under).size === under.length;
      // A line that begins with the name of a project is of that project, whatever the order.
      const rowOf = name => [...body.rows].find(row => plain(row.cells[0].childNodes[0].textContent) === plain(name));
      const isNamed = plain(titles[0]) === "progetto" && lines.some(line => line.length > 1 && rowOf(line[0]));
      const strangers = isNamed ? lines.map(line => line[0].trim()).filter(name => !rowOf(name)) : [];
      const columnOf = i => (isHeaded ? under[i] : cell.cellIndex + i - isNamed);
      const isWide = lines.some(line => line.some((value, i) => value.trim() && columnOf(i) >= titles.length));
      const first = cell.parentElement.rowIndex - body.rows[0].rowIndex;
      for (let rows = 0; !isNamed && rows !== body.rows.length && body.rows.length < first + lines.length;) {
        rows = body.rows.length;
        another();
      }
      const left = isNamed ? 0 : lines.length - (body.rows.length - first);
      const unknown = [];
      lines.forEach((line, down) => line.forEach((value, right) => {
        const row = isNamed ? rowOf(line[0]) : body.rows[first + down];
        const control = !(isNamed && right === 0) && row?.cells[columnOf(right)]?.querySelector("input, select");
        if (!control) return;
        const same = option => [option.value, option.text].some(word => word.toLowerCase() === value.trim().toLowerCase());
        const option = control.options && [...control.options].find(same);
        if (control.options && !option && value.trim()) unknown.push(value.trim());
        put(control, option ? option.value : value.trim());
      }));
      const words = [
        skipped && "La prima riga incollata era quella delle intestazioni: l'ho saltata.",
        left > 0 && `La tabella incollata ha più righe di quanti sono i progetti: ${left === 1 ? "l'ultima è rimasta" : `le ultime ${left} sono rimaste`} fuori. Controlla che ogni riga sia accanto al suo progetto.`,
        strangers.length && `Non è fra i progetti: ${strangers.join(", ")}.`,
        isWide && "Le colonne incollate sono più di quelle della tabella: le ultime sono rimaste fuori.",
        unknown.length && `Non è fra le scelte: ${unknown.join(", ")}.`,
      ].filter(Boolean);
      said.textContent = words.join(" ");
      said.className = words.length ? "rilievo lieve" : "";
    });
  }

  // Names that were copied one below the other, or side by side: one in each box, and as many boxes as names.
  for (const list of document.querySelectorAll("fieldset.nomi")) {
    list.addEventListener("paste", event => {
      const lines = cells(event);
      const names = (lines.length > 1 ? lines.map(line => line[0]) : lines[0]).map(name => name.trim()).filter(Boolean);
      if (event.target.localName !== "input" || names.length < 2) return;
      event.preventDefault();
      const boxes = [...list.querySelectorAll("input")];
      const free = boxes.slice(boxes.indexOf(event.target)).filter(box => !box.value);
      for (const name of names) {
        let box = free.shift();
        if (!box) {
          const last = [...list.querySelectorAll("input")].pop();
          box = last.cloneNode(true);
          box.removeAttribute("id");
          box.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+$/, number => Number(number) + 1));
          last.after(box);
        }
        put(box, name);
      }
    });
  }
})();
