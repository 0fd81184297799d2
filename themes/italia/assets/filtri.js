// Narrows a list by what its records say of themselves: `data-voce` numbers a record, `data-f-…` are its facets. The
// list is whole without this; the form, its counts and the state in the address are added here. Loaded by concilia.js
// on the pages that have a list to narrow.
(function () {
  "use strict";

  var place = document.querySelector(".filtri");
  if (!place) return;

  // A record can be in a card and in a row of a table: both are shown or hidden.
  var records = new Map();
  document.querySelectorAll("[data-voce]").forEach(function (element) {
    var number = element.dataset.voce;
    if (!records.has(number)) records.set(number, { elements: [], values: {} });
    records.get(number).elements.push(element);
  });

  // Facets that part the list: one value alone does not.
  var facets = [];
  place.dataset.faccette.split(";").forEach(function (entry) {
    var key = entry.slice(0, entry.indexOf("="));
    var all = new Set();
    records.forEach(function (record) {
      record.values[key] = (record.elements[0].getAttribute("data-f-" + key) || "non indicato").split("|");
      record.values[key].forEach(function (value) { all.add(value); });
    });
    if (all.size < 2) return;
    var values = Array.from(all).sort(function (a, b) {
      return (a === "non indicato") - (b === "non indicato") || a.localeCompare(b, "it", { numeric: true });
    });
    facets.push({ key: key, name: entry.slice(key.length + 1), values: values, boxes: new Map() });
  });
  if (!facets.length || records.size < 3) return;

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function capital(value) {
    return value.charAt(0).toUpperCase() + value.slice(1);
  }

  var form = make("form", "filtri-modulo");
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  var fold = make("details");
  fold.append(make("summary", "", "Filtra l’elenco"));
  var groups = make("div", "filtri-gruppi");
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
      label.append(box, " ", make("span", value === "non indicato" ? "nd" : "", capital(value)), " ", count);
      choices.append(label);
      facet.boxes.set(value, { box: box, count: count });
    });
    set.append(choices);
    groups.append(set);
  });
  fold.append(groups);
  var bar = make("div", "filtri-stato");
  var status = make("p");
  status.setAttribute("role", "status");
  var clear = make("button", "bottone bottone-lieve", "Togli i filtri");
  clear.type = "button";
  // The rows that are shown, as the files of the open data write theirs: points for decimals, nothing for what nobody tells.
  var take = make("button", "bottone bottone-lieve", "Scarica questo elenco");
  take.type = "button";
  take.addEventListener("click", function () {
    var link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + rows.filter(isShown).map(line).join("")], { type: "text/csv" }));
    link.download = "elenco.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  bar.append(status, clear, take);
  // What is chosen is seen without opening anything, and each press takes one away.
  var taken = make("ul", "filtri-scelti");
  taken.setAttribute("aria-label", "Filtri scelti");
  form.append(fold, taken, bar);
  form.setAttribute("aria-label", "Filtri");
  place.append(form);

  var table = (document.querySelector("tr[data-voce]") || form).closest("table");
  var rows = table ? Array.from(table.tHead.rows).concat(Array.from(table.tBodies[0].rows)) : [];

  function isShown(row) {
    return !row.hidden;
  }

  function line(row) {
    return Array.from(row.cells).map(function (cell) {
      var text = cell.querySelector(".nd") ? "" : cell.innerText.trim().replace(/\s*\n\s*/g, "; ");
      if (cell.matches("td.num")) text = text.replace(/\./g, "").replace(",", ".");
      else text = text.replace(/^[=+\-@'\t\r]/, "'$&");
      return '"' + text.replace(/"/g, '""') + '"';
    }).join(",") + "\r\n";
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

  function chip(facet, value) {
    var item = make("li");
    var button = make("button", "", facet.name + ": " + capital(value));
    button.type = "button";
    button.setAttribute("aria-label", "Togli il filtro " + facet.name + ": " + capital(value));
    button.addEventListener("click", function () {
      facet.boxes.get(value).box.checked = false;
      show();
      toAddress();
      (taken.querySelector("button") || fold.querySelector("summary")).focus();
    });
    item.append(button);
    return item;
  }

  var hasTotals = !!document.querySelector("tr[data-voce]") && !!document.querySelector("main tfoot");

  function show() {
    var choices = facets.map(chosen);
    var active = choices.some(function (wanted) { return wanted.length; });
    var shown = 0;
    records.forEach(function (record) {
      var inside = fits(record, choices, null);
      if (inside) shown++;
      record.elements.forEach(function (element) { element.hidden = !inside; });
    });
    facets.forEach(function (facet) {
      facet.values.forEach(function (value) {
        var n = 0;
        records.forEach(function (record) {
          if (record.values[facet.key].includes(value) && fits(record, choices, facet)) n++;
        });
        facet.boxes.get(value).count.textContent = "(" + n.toLocaleString("it-IT") + ")";
      });
    });
    clear.hidden = !active;
    take.hidden = !active || !table;
    taken.hidden = !active;
    taken.replaceChildren.apply(taken, facets.flatMap(function (facet) { return chosen(facet).map(function (value) { return chip(facet, value); }); }));
    var number = function (n) { return n.toLocaleString("it-IT"); };
    var name = function (n) { return n === 1 ? place.dataset.uno : place.dataset.molti; };
    status.textContent = !active
      ? number(records.size) + " " + name(records.size)
      : number(shown) + " " + name(shown) + " su " + number(records.size) + (hasTotals ? ". I totali restano quelli di tutto l’elenco." : "");
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
    if (any) fold.open = true;
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
  clear.addEventListener("click", function () {
    form.reset();
    facets.forEach(function (facet) {
      facet.boxes.forEach(function (one) { one.box.checked = false; });
    });
    show();
    toAddress();
    fold.querySelector("summary").focus();
  });
  window.addEventListener("popstate", fromAddress);
  fromAddress();
})();
