// Narrows a list by what its records say of themselves: `data-voce` numbers a record, `data-f-…` are its facets, `data-c-…`
// its amounts in cents, `data-n-…` its counts. The list is whole without this; the form, its figures and the state in the
// address are added here. Loaded by concilia.js when somebody asks for it; its sheet comes with it.
(function () {
  "use strict";

  var place = document.querySelector(".filtri");
  if (!place) return;
  var here = document.currentScript.src;
  var SILENT = "non indicato";

  // A record can be in a card and in a row of a table: both are shown or hidden.
  var records = new Map();
  document.querySelectorAll("[data-voce]").forEach(function (element) {
    var number = element.dataset.voce;
    if (!records.has(number)) records.set(number, { elements: [], values: {} });
    records.get(number).elements.push(element);
  });

  function said(record, name) {
    var element = record.elements.find(function (one) { return one.hasAttribute("data-" + name); });
    return element ? element.getAttribute("data-" + name) : null;
  }

  // `key=Name;key=Name`
  function named(list) {
    return (list || "").split(";").filter(Boolean).map(function (entry) {
      var at = entry.indexOf("=");
      return { key: entry.slice(0, at), name: entry.slice(at + 1) };
    });
  }

  // Bands of amounts stand in the order of their first amount.
  function band(value) {
    var amount = /€\s?([\d.]+)/.exec(value);
    return amount ? Number(amount[1].replace(/\./g, "")) : 0;
  }

  // Facets that part the list: one value alone does not.
  var facets = named(place.dataset.faccette).filter(function (facet) {
    var all = new Set();
    records.forEach(function (record) {
      record.values[facet.key] = (said(record, "f-" + facet.key) || SILENT).split("|");
      record.values[facet.key].forEach(function (value) { all.add(value); });
    });
    facet.values = Array.from(all).sort(function (a, b) {
      return (a === SILENT) - (b === SILENT) || band(a) - band(b) || a.localeCompare(b, "it", { numeric: true });
    });
    facet.boxes = new Map();
    return all.size > 1;
  });
  if (!facets.length || records.size < 3) return;

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("filtri.css", here).href;
  document.head.append(style);

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function press(className, text, action) {
    var button = make("button", className, text);
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }

  function capital(value) {
    return value.charAt(0).toUpperCase() + value.slice(1);
  }

  function figure(n) {
    return n.toString().replace(/\B(?=(\d{3})+$)/g, ".");
  }

  function called(n) {
    return figure(n) + " " + (n === 1 ? place.dataset.uno : place.dataset.molti);
  }

  // Cents are whole numbers, however many: nothing is rounded.
  function euro(cents) {
    var digits = cents.toString().replace("-", "").padStart(3, "0");
    return (cents < 0 ? "-" : "") + figure(digits.slice(0, -2)) + "," + digits.slice(-2);
  }

  function sum(some, name) {
    var told = some.map(function (record) { return said(record, name); }).filter(function (value) { return value !== null; });
    return {
      silent: some.length - told.length,
      total: told.length ? told.reduce(function (total, value) { return total + BigInt(value); }, BigInt(0)) : null,
    };
  }

  function beside(sum) {
    return sum.silent ? "più " + figure(sum.silent) + " senza importo" : "";
  }

  function amount(sum) {
    if (sum.total === null) return "non indicato";
    return "€\u00a0" + euro(sum.total) + (sum.silent ? ", " + beside(sum) : "");
  }

  // No form: each choice is taken at once, and there is nothing to send.
  var form = make("div", "filtri-modulo");
  form.setAttribute("role", "group");
  form.setAttribute("aria-label", "Filtri");
  var fold = make("details");
  var opener = make("summary", "", "Filtra l’elenco");
  var groups = make("div", "filtri-gruppi");
  fold.append(opener, groups);
  facets.forEach(function (facet) {
    var set = make("fieldset");
    set.append(make("legend", "", facet.name));
    var choices = make("div", "filtri-scelte");
    facet.values.forEach(function (value) {
      var label = make("label");
      var box = make("input");
      box.type = "checkbox";
      box.name = facet.key;
      box.value = value;
      var count = make("span", "filtri-quanti");
      label.append(box, " ", make("span", value === SILENT ? "nd" : "", capital(value)), " ", count);
      choices.append(label);
      facet.boxes.set(value, { box: box, count: count, label: label });
    });
    set.append(choices);
    groups.append(set);
  });
  // What is chosen is seen without opening anything, and each press takes one away.
  var taken = make("ul", "filtri-scelti");
  taken.setAttribute("aria-label", "Filtri scelti");
  var bar = make("div", "filtri-stato");
  var status = make("p");
  status.setAttribute("role", "status");
  var clear = press("bottone bottone-lieve", "Togli tutti i filtri", all);
  bar.append(status, clear);
  var totals = make("dl", "filtri-totali");
  var bars = make("div", "filtri-barre");
  var empty = make("div", "filtri-vuoto");
  form.append(fold, taken, bar, totals, bars, empty);
  // The button that asked for the form gives its place to it.
  var asked = place.contains(document.activeElement);
  place.replaceChildren(form);

  // The rows that are shown, as the files of the open data write theirs: points for decimals, nothing for what nobody tells.
  var row = document.querySelector("tr[data-voce]");
  var table = row && row.closest("table");
  var take = make("p", "filtri-scarica");
  if (table) bar.append(take);

  function cells(row) {
    return Array.from(row.cells).map(function (cell) {
      if (cell.querySelector(".nd")) return "";
      var text = cell.innerText.trim().replace(/\s*\n\s*/g, "; ");
      var number = cell.matches("td.num") && /^-?[\d.]+(,\d+)?$/.test(text);
      return number ? { cifra: text.replace(/\./g, "").replace(",", ".") } : text;
    });
  }

  function taking() {
    var rows = Array.from(table.querySelectorAll("thead tr, tbody tr[data-voce]"));
    return rows.filter(function (row) { return !row.hidden; }).map(cells);
  }

  function save(blob, name) {
    var link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function csv() {
    var lines = taking().map(function (row) {
      return row.map(function (cell) {
        var text = cell.cifra || cell.replace(/^[=+\-@'\t\r\n]/, "'$&");
        return '"' + text.replace(/"/g, '""') + '"';
      }).join(",") + "\r\n";
    });
    save(new Blob(["\ufeff" + lines.join("")], { type: "text/csv" }), "elenco.csv");
  }

  // What writes a sheet is loaded only by who wants one.
  function xlsx() {
    if (window.conciliaFoglio) return save(window.conciliaFoglio(taking()), "elenco.xlsx");
    var script = make("script");
    script.src = new URL("foglio.js", here).href;
    script.addEventListener("load", xlsx);
    document.head.append(script);
  }

  function chosen(facet) {
    return facet.values.filter(function (value) { return facet.boxes.get(value).box.checked; });
  }

  // Whether a record is in, but for one facet: its counts say what choosing more of it would give.
  function fits(record, choices, but) {
    return facets.every(function (facet, i) {
      var wanted = choices[i];
      return facet === but || !wanted.length || record.values[facet.key].some(function (v) { return wanted.includes(v); });
    });
  }

  function among(choices) {
    return Array.from(records.values()).filter(function (record) { return fits(record, choices, null); });
  }

  function told(facet, value) {
    return facet.name + ": " + capital(value);
  }

  function drop(facet, value) {
    facet.boxes.get(value).box.checked = false;
    show();
    toAddress();
    (taken.querySelector("button") || opener).focus();
  }

  function all(event) {
    event.preventDefault();
    facets.forEach(function (facet) {
      facet.boxes.forEach(function (one) { one.box.checked = false; });
    });
    show();
    toAddress();
    opener.focus();
  }

  function chip(facet, value) {
    var item = make("li");
    var button = press("", told(facet, value), function () { drop(facet, value); });
    button.setAttribute("aria-label", "Togli il filtro " + told(facet, value));
    item.append(button);
    return item;
  }

  // The foot of a table adds up what is left, and is as it was once nothing is chosen.
  var feet = [];
  document.querySelectorAll("main tfoot tr").forEach(function (row) {
    if (!row.closest("table").querySelector("[data-voce]")) return;
    var cells = Array.from(row.cells).map(function (cell) { return { cell: cell, nodes: Array.from(cell.childNodes) }; });
    feet.push({ row: row, cells: cells, sums: row.querySelector("[data-somma]") });
  });

  function foot(left, active) {
    feet.forEach(function (one) {
      one.row.hidden = active && (!one.sums || !left.length);
      one.cells.forEach(function (kept) {
        var name = kept.cell.dataset.somma;
        if (!active) return kept.cell.replaceChildren.apply(kept.cell, kept.nodes);
        if (kept.cell.tagName === "TH") return kept.cell.replaceChildren("Totale di " + called(left.length) + " su " + figure(records.size));
        if (!name) return kept.cell.replaceChildren();
        var of = sum(left, name);
        if (of.total === null) return kept.cell.replaceChildren(make("span", "nd", "Non indicato"));
        kept.cell.replaceChildren(name.startsWith("c-") ? euro(of.total) : figure(of.total));
        if (of.silent) kept.cell.append(make("span", "sotto", beside(of)));
      });
    });
  }

  // Beyond these the records of a list are drawn by kind.
  var DRAWN = 10;

  function nameOf(record) {
    var own = record.elements[0].querySelector("h2 a, h3 a, th a");
    return own ? own.textContent : "";
  }

  function draw(left, key) {
    var name = named(place.dataset.importi).find(function (one) { return one.key === key; });
    var groups = new Map();
    left.forEach(function (record) {
      var value = said(record, "c-" + key);
      if (value === null) return;
      var of = left.length <= DRAWN ? nameOf(record) : record.values[place.dataset.gruppo] && record.values[place.dataset.gruppo].join(", ");
      groups.set(of, (groups.get(of) || BigInt(0)) + BigInt(value));
    });
    var entries = Array.from(groups).sort(function (a, b) { return a[1] < b[1] ? 1 : a[1] > b[1] ? -1 : 0; });
    bars.replaceChildren();
    // Bars of one length say nothing.
    if (entries.length < 2 || entries[0][1] === entries[entries.length - 1][1] || entries.length > 2 * DRAWN) return;
    bars.append(make("p", "", name.name + ", di ciò che resta"));
    var list = make("ul");
    entries.forEach(function (entry) {
      var item = make("li");
      var line = make("span", "filtri-barra");
      line.style.inlineSize = Number(entry[1] * BigInt(100) / entries[0][1]) + "%";
      item.append(make("span", "", capital(entry[0] || SILENT)), " ", make("span", "filtri-quanti", "€\u00a0" + euro(entry[1])), line);
      list.append(item);
    });
    bars.append(list);
  }

  // A chart whose bars are of records is drawn of those that are left, with what they add up to.
  var charts = [];
  // What cannot follow says that it is of the whole list.
  var wholes = Array.from(document.querySelectorAll("main [data-intero]"));
  document.querySelectorAll("main .grafico").forEach(function (figure) {
    var words = figure.querySelector(".grafico-parole");
    if (figure.querySelector(".barra[data-voce]")) charts.push({ figure: figure, words: words, said: words.textContent });
    else wholes.push(figure);
  });
  wholes = wholes.map(function (part) {
    var note = make("p", "nota", "Qui sotto conta tutto l’elenco, anche ciò che i filtri tolgono.");
    part.firstElementChild.after(note);
    return note;
  });

  function redraw(left, active, money) {
    var counted = called(left.length) + " su " + figure(records.size);
    charts.forEach(function (one) {
      var seen = Array.from(one.figure.querySelectorAll(".barra[data-voce]:not([hidden]) .tracce"));
      // Bars of one length say nothing.
      var differ = seen.some(function (bar) { return bar.innerHTML !== seen[0].innerHTML; });
      one.figure.hidden = active && !left.length;
      one.figure.querySelectorAll(".disegno, .legenda").forEach(function (part) { part.hidden = active && !differ; });
      // Its files have the whole list; those of what is left are offered above.
      one.figure.querySelectorAll(".scarica").forEach(function (part) { part.hidden = active; });
      var sums = one.figure.querySelector(".barre .valore") ? money.map(function (of) { return of.name + ": " + amount(sum(left, "c-" + of.key)); }) : [];
      one.words.textContent = active ? [counted].concat(sums).join(". ") + "." : one.said;
    });
    wholes.forEach(function (note) { note.hidden = !active; });
  }

  function nothing(choices) {
    empty.replaceChildren(make("p", "", "Con questi filtri non resta niente. Prova a toglierne uno:"));
    var list = make("ul", "filtri-scelti");
    facets.forEach(function (facet, i) {
      choices[i].forEach(function (value) {
        var without = choices.map(function (wanted, j) { return i === j ? wanted.filter(function (v) { return v !== value; }) : wanted; });
        var item = make("li");
        var n = among(without).length;
        item.append(press("", told(facet, value) + " (" + (n ? "resta: " + called(n) : "non basta") + ")", function () { drop(facet, value); }));
        list.append(item);
      });
    });
    var whole = make("a", "", "Mostra tutto l’elenco: " + called(records.size));
    whole.href = location.pathname;
    whole.addEventListener("click", all);
    var last = make("p");
    last.append(whole);
    empty.append(list, last);
  }

  function show() {
    var choices = facets.map(chosen);
    var active = choices.some(function (wanted) { return wanted.length; });
    var left = among(choices);
    var shown = new Set(left);
    records.forEach(function (record) {
      record.elements.forEach(function (element) { element.hidden = !shown.has(record); });
    });
    facets.forEach(function (facet) {
      facet.values.forEach(function (value) {
        var n = 0;
        records.forEach(function (record) {
          if (record.values[facet.key].includes(value) && fits(record, choices, facet)) n++;
        });
        var one = facet.boxes.get(value);
        one.count.textContent = "(" + figure(n) + ")";
        one.label.classList.toggle("filtri-nessuno", n === 0);
      });
    });
    clear.hidden = taken.hidden = !active;
    taken.replaceChildren.apply(taken, facets.flatMap(function (facet) { return chosen(facet).map(function (value) { return chip(facet, value); }); }));
    var main = place.dataset.barre;
    var money = named(place.dataset.importi);
    var first = money.find(function (one) { return one.key === main; });
    status.textContent = !active ? called(records.size)
      : called(left.length) + " su " + figure(records.size) +
        (first && left.length ? ". " + first.name + ": " + amount(sum(left, "c-" + main)) : "");
    totals.replaceChildren();
    totals.hidden = !active || !left.length;
    if (active) money.forEach(function (one) {
      if (one.key === main) return;
      var pair = make("div");
      pair.append(make("dt", "", one.name), make("dd", "", amount(sum(left, "c-" + one.key))));
      totals.append(pair);
    });
    bars.hidden = !active || !main;
    if (!bars.hidden) draw(left, main);
    empty.hidden = !active || left.length > 0;
    if (!empty.hidden) nothing(choices);
    foot(left, active);
    redraw(left, active, money);
    take.hidden = !active || !left.length;
    var words = place.dataset.molti.endsWith("e") ? ["questa", "queste "] : ["questo", "questi "];
    take.replaceChildren("Scarica " + (left.length === 1 ? words[0] : words[1] + figure(left.length)) + ": ",
      press("bottone bottone-lieve", "CSV", csv), " ", press("bottone bottone-lieve", "XLSX", xlsx));
    document.querySelectorAll("[data-voci]").forEach(function (part) {
      var any = !!part.querySelector("[data-voce]:not([hidden])");
      if (part.tagName !== "DETAILS") part.hidden = !any;
      else if (active) part.open = any;
    });
  }

  function fromAddress() {
    var asked = new URLSearchParams(location.search);
    var any = false;
    facets.forEach(function (facet) {
      var wanted = asked.getAll(facet.key);
      facet.values.forEach(function (value) {
        var box = facet.boxes.get(value).box;
        box.checked = wanted.includes(value);
        any = any || box.checked;
      });
    });
    // On a phone the chips say it in less room.
    if (any && matchMedia("(min-width: 40rem)").matches) fold.open = true;
    show();
  }

  function toAddress() {
    var address = new URLSearchParams(location.search);
    facets.forEach(function (facet) {
      address.delete(facet.key);
      chosen(facet).forEach(function (value) { address.append(facet.key, value); });
    });
    var query = address.toString();
    history.pushState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  form.addEventListener("change", function () {
    show();
    toAddress();
  });
  window.addEventListener("popstate", fromAddress);
  fromAddress();
  if (asked) {
    fold.open = true;
    opener.focus();
  }
})();
