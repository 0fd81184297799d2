// Small comforts; every page works without them.
(function () {
  "use strict";

  // Search, filters and sorting come where they are used: they are not loaded with every page.
  var here = document.currentScript.src;
  function bring(name) {
    var script = document.createElement("script");
    script.src = new URL(name, here).href;
    document.head.append(script);
  }
  var search = document.querySelector("form.cerca");
  if (search) {
    var begin = function () {
      search.removeEventListener("focusin", begin);
      bring("cerca.js");
    };
    if (document.querySelector("[data-esiti]") || search.contains(document.activeElement)) begin();
    else search.addEventListener("focusin", begin);
  }
  // Filters come when somebody asks for them, or when the address has some; where all records are alike there are none.
  var list = document.querySelector(".filtri");
  var parts = function (facet) {
    var key = "data-f-" + facet.split("=")[0];
    var values = Array.from(document.querySelectorAll("[" + key + "]"), function (one) { return one.getAttribute(key); });
    return values.length > 2 && new Set(values).size > 1;
  };
  if (list && list.dataset.faccette.split(";").some(parts)) {
    if (location.search) bring("filtri.js");
    else {
      var opener = document.createElement("button");
      opener.type = "button";
      opener.className = "bottone bottone-lieve";
      opener.textContent = "Filtra l’elenco";
      opener.addEventListener("click", function () { bring("filtri.js"); }, { once: true });
      list.append(opener);
    }
  }
  if (document.querySelector("[data-dove]")) bring("dove.js");
  if (document.querySelector("main table:not(.conto) > tbody > tr:nth-child(4)")) bring("ordina.js");

  // What is folded for small screens stands open where there is room, and where a link leads into it.
  if (matchMedia("(min-width: 48rem)").matches) {
    document.querySelectorAll(".piega, .indice details").forEach(function (part) { part.open = true; });
  }
  function reveal() {
    var aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var folded = aim && aim.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    aim.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  // A row that is shown as a card stays a row for who hears it: some browsers forget what it was.
  var ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  document.querySelectorAll("main table, main table :is(thead, tbody, tfoot, tr, th, td)").forEach(function (part) {
    part.setAttribute("role", ROLES[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
  });

  // A table that fits its place needs no stop of the keyboard, and its header can stay in sight.
  var regions = document.querySelectorAll(".scorri");
  function fit() {
    regions.forEach(function (region) {
      region.classList.remove("intera");
      var fits = region.scrollWidth <= region.clientWidth;
      region.classList.toggle("intera", fits);
      if (fits) {
        region.removeAttribute("tabindex");
        region.removeAttribute("role");
      } else {
        region.tabIndex = 0;
        region.setAttribute("role", "region");
      }
    });
  }
  if (regions.length) {
    fit();
    window.addEventListener("resize", fit);
    document.addEventListener("toggle", fit, true);
  }

  // Calls: open, closed or still to open, by the clock of who reads.
  var DAY = 86400000;
  document.querySelectorAll(".finestra").forEach(function (place) {
    // A day without an hour is the whole day.
    var from = new Date(place.dataset.dal.replace(/^[^T]+$/, "$&T00:00"));
    var to = new Date(place.dataset.al.replace(/^[^T]+$/, "$&T23:59:59"));
    if (isNaN(from) || isNaN(to)) return;
    var now = new Date();
    var midnight = function (date) {
      return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    };
    var days = function (date) {
      var n = Math.round((midnight(date) - midnight(now)) / DAY);
      return n === 0 ? "oggi" : n === 1 ? "domani" : "fra " + n + " giorni";
    };
    var open = now >= from && now <= to;
    var label = document.createElement("span");
    label.className = "etichetta " + (open ? "" : "etichetta-piana");
    label.textContent = open ? "Aperto, scade " + days(to) : now < from ? "Si apre " + days(from) : "Chiuso";
    place.append(" ", label);
  });
})();
