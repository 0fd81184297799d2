// Sorts tables by a press on a header: up, down, as written; where rows are cards, by a choice above them. Loaded by
// concilia.js where a table has rows enough; an account (`conto`) has its own order.
(function () {
  "use strict";

  // The value of a cell: a date, an amount as Italians write it, or text; null where the source says nothing.
  function value(cell, numeric) {
    if (cell.dataset.valore !== undefined) return Number(cell.dataset.valore);
    var time = cell.querySelector("time");
    if (time) return time.dateTime;
    var text = cell.textContent.trim();
    if (cell.querySelector(".nd") || text === "" || text === "–") return null;
    if (!numeric) return text;
    var number = parseFloat(text.replace(/[^\d,-]/g, "").replace(",", "."));
    return isNaN(number) ? null : number;
  }

  var compare = new Intl.Collator("it", { numeric: true }).compare;

  function sortable(table, name) {
    var body = table.tBodies[0];
    var rows = Array.from(body.rows);
    var heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
    // `3-giu`: by the third column, downwards; nothing: as written.
    var current = "";

    // The headers are out of sight where rows are cards.
    var choice = document.createElement("select");
    choice.add(new Option("come nell’elenco", ""));
    heads.forEach(function (head, i) {
      choice.add(new Option(head.textContent.trim() + ", crescente", i + 1 + "-su"));
      choice.add(new Option(head.textContent.trim() + ", decrescente", i + 1 + "-giu"));
    });
    var label = document.createElement("label");
    label.className = "ordina-per";
    label.append("In ordine di ", choice);
    table.before(label);
    choice.addEventListener("change", function () { ask(choice.value); });

    function sort(way) {
      var asked = /^(\d+)-(su|giu)$/.exec(way);
      var column = asked && heads[asked[1] - 1] ? asked[1] - 1 : -1;
      var down = !!asked && asked[2] === "giu";
      current = choice.value = column < 0 ? "" : way;
      heads.forEach(function (head, i) {
        if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      if (column < 0) return body.append.apply(body, rows);
      var numeric = heads[column].classList.contains("num");
      var keys = new Map(rows.map(function (row) { return [row, value(row.cells[column], numeric)]; }));
      var sorted = rows.slice().sort(function (a, b) {
        var x = keys.get(a), y = keys.get(b);
        // What is not known stays last, whichever way.
        if (x === null || y === null) return (x === null) - (y === null);
        var order = typeof x === "number" ? x - y : compare(x, y);
        return down ? -order : order;
      });
      body.append.apply(body, sorted);
    }

    // Sorts, and keeps it in the address.
    function ask(way) {
      sort(way);
      var address = new URLSearchParams(location.search);
      address.delete(name);
      if (current) address.set(name, current);
      var query = address.toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    }

    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "ordina";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        var [up, down] = [column + 1 + "-su", column + 1 + "-giu"];
        ask(current === up ? down : current === down ? "" : up);
      });
    });

    function fromAddress() {
      sort(new URLSearchParams(location.search).get(name) || "");
    }
    if (new URLSearchParams(location.search).has(name)) fromAddress();
    window.addEventListener("popstate", fromAddress);
  }

  document.querySelectorAll("main table").forEach(function (table, n) {
    var body = table.tBodies[0];
    if (table.classList.contains("conto") || !table.tHead || !body || body.rows.length < 4 || body.querySelector("[colspan], [rowspan]")) return;
    sortable(table, "ordine" + (n ? n + 1 : ""));
  });
})();
