// Small comforts; every page works without them.
(function () {
  "use strict";

  // Menus close with Escape, and when one looks elsewhere.
  var menus = document.querySelectorAll(".menu details");
  function close(except) {
    menus.forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  menus.forEach(function (menu) {
    menu.addEventListener("toggle", function () {
      if (menu.open) close(menu);
    });
    menu.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest(".menu details")) close(null);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus.forEach(function (menu) {
      if (!menu.open) return;
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    });
  });

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
  if (document.querySelector(".filtri")) bring("filtri.js");
  if (document.querySelector("[data-dove]")) bring("dove.js");
  if (document.querySelector("main table:not(.conto) > tbody > tr:nth-child(4)")) bring("ordina.js");

  // A table that fits its place needs no stop of the keyboard.
  var regions = document.querySelectorAll(".scorri");
  function fit() {
    regions.forEach(function (region) {
      if (region.scrollWidth > region.clientWidth) {
        region.tabIndex = 0;
        region.setAttribute("role", "region");
      } else {
        region.removeAttribute("tabindex");
        region.removeAttribute("role");
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
