// Calls: open, closed or still to open, by the clock of who reads. Loaded by concilia.js where a page has one.
(function () {
  "use strict";

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
