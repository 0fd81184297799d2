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
  var told = function (name) {
    return Array.from(document.querySelectorAll("[" + name + "]"), function (one) { return one.getAttribute(name); });
  };
  var records = new Set(told("data-voce")).size;
  var parts = function (facet) {
    var values = told("data-f-" + facet.split("=")[0]);
    // What a record does not tell is a value too.
    return new Set(values).size + (values.length && values.length < records) > 1;
  };
  if (list && records > 2 && list.dataset.faccette.split(";").some(parts)) {
    if (location.search) bring("filtri.js");
    else {
      var opener = document.createElement("button");
      opener.className = "bottone bottone-lieve";
      opener.textContent = "Filtra l’elenco";
      opener.addEventListener("click", function () { bring("filtri.js"); }, { once: true });
      list.append(opener);
    }
  }
  if (document.querySelector("[data-dove]")) bring("dove.js");
  if (document.querySelector(".finestra")) bring("finestra.js");
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
})();
