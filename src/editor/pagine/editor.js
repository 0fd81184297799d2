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
  for (const table of document.querySelectorAll("table[data-incolla]")) {
    const said = element("p", "");
    said.setAttribute("role", "status");
    table.parentElement.after(said);
    table.addEventListener("paste", event => {
      const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
      const cell = event.target.closest("td");
      if (!cell || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const rows = [...table.tBodies[0].rows];
      const first = rows.indexOf(cell.parentElement);
      const lines = text.split(/\r?\n/);
      const left = lines.length - (rows.length - first);
      const unknown = [];
      lines.forEach((line, down) => line.split("\t").forEach((value, right) => {
        const control = rows[first + down]?.cells[cell.cellIndex + right]?.querySelector("input, select");
        if (!control) return;
        const same = option => [option.value, option.text].some(word => word.toLowerCase() === value.trim().toLowerCase());
        const option = control.options && [...control.options].find(same);
        if (control.options && !option && value.trim()) unknown.push(value.trim());
        control.value = option ? option.value : value.trim();
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }));
      const words = [
        left > 0 && `${left === 1 ? "Una riga non ci sta" : `${left} righe non ci stanno`}: salva, e incolla il resto nelle righe nuove.`,
        unknown.length && `Non è fra le scelte: ${unknown.join(", ")}.`,
      ].filter(Boolean);
      said.textContent = words.join(" ");
      said.className = words.length ? "rilievo lieve" : "";
    });
  }
})();
