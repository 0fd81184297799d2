// "Il tuo comune": who types a commune sees what the page says of it, and no more. All it tells stands in the page.
(function () {
  "use strict";

  var form = document.querySelector(".dove form");
  var answer = document.querySelector("[data-dove]");
  if (!form || !answer) return;
  var field = form.querySelector("input");
  var status = answer.querySelector("[role=status]");
  var index = document.querySelector("[data-indice]");
  var zones = Array.from(document.querySelectorAll(".zona"));
  var unknown = document.getElementById("senza-ambito");
  var places = Array.from(document.querySelectorAll(".comuni li, [data-comune]"), function (element) {
    var name = element.dataset.comune || element.textContent;
    return { element: element, name: name, key: plain(name) };
  });

  // Letters alone: accents, spaces and apostrophes are typed in many ways.
  function plain(text) {
    return text.normalize("NFD").toLowerCase().replace(/[^a-z]/g, "");
  }

  // One letter changed, added, left out, or two swapped.
  function isNear(a, b) {
    var i = 0, j = 0;
    while (i < a.length && a[i] === b[i]) i++;
    while (j < Math.min(a.length, b.length) - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    var left = a.length - i - j, right = b.length - i - j;
    return Math.max(left, right) < 2 || (left === 2 && right === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]);
  }

  // The commune that is meant; else those that may be.
  function find(text) {
    var key = plain(text).replace(/^(?:ilmio)?comunedi/, "");
    if (!key) return [];
    var tests = [
      function (place) { return place.key === key; },
      function (place) { return place.key.startsWith(key); },
      function (place) { return key.length > 3 && place.key.includes(key); },
      function (place) { return key.length > 3 && isNear(place.key, key); },
    ];
    for (var test of tests) {
      var found = places.filter(test);
      if (found.length) return found;
    }
    return [];
  }

  function say() {
    status.replaceChildren.apply(status, arguments);
  }

  function button(text, press) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "bottone bottone-lieve";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  }

  function unfold(part) {
    if (part) part.querySelectorAll("details").forEach(function (one) { one.open = true; });
  }

  // Shows what is of one commune; without one, everything.
  function show(place) {
    var zone = place && place.element.closest(".zona");
    zones.forEach(function (one) { one.hidden = Boolean(place) && one !== zone; });
    index.hidden = Boolean(place);
    if (unknown) unknown.hidden = Boolean(place);
    places.forEach(function (one) { one.element.classList.toggle("scelto", one === place); });
    answer.replaceChildren(status);
    if (!place) return;
    unfold(zone);
    answer.append(button("Mostra tutti i comuni", function () {
      field.value = "";
      ask("");
      field.focus();
    }));
    if (zone && zone.dataset.zona) say(place.name + " è nell’" + zone.dataset.zona + ".");
    else say("Non si sa in quale ambito è " + place.name + ": più sotto leggi a chi chiedere.");
    // The alliance that has a body there.
    if (!zone && place.element.matches(".elenco *")) {
      var line = document.createElement("p");
      line.append(...place.element.cloneNode(true).childNodes);
      status.after(line);
    }
  }

  function ask(text) {
    var found = find(text);
    history.replaceState(null, "", text ? "?comune=" + encodeURIComponent(text) : location.pathname);
    if (found.length === 1 || (found.length && found[0].key === plain(text))) return show(found[0]);
    show(null);
    if (!plain(text)) return say();
    say(found.length ? "Quale di questi?" : "Questo sito non conosce «" + text + "»: in fondo leggi a chi chiedere.");
    found.slice(0, 8).forEach(function (place) {
      answer.append(button(place.name, function () {
        field.value = place.name;
        ask(place.name);
      }));
    });
  }

  var names = document.createElement("datalist");
  names.id = "comuni";
  places.map(function (place) { return place.name; }).sort(new Intl.Collator("it").compare).forEach(function (name) {
    names.append(new Option(name));
  });
  form.append(names);
  field.setAttribute("list", names.id);

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    ask(field.value.trim());
  });
  // A name of the list is a whole answer; half a name is not.
  field.addEventListener("input", function () {
    var key = plain(field.value);
    if (places.some(function (place) { return place.key === key; })) ask(field.value.trim());
  });

  function asked() {
    var of = places.find(function (place) { return "#" + place.element.id === location.hash; });
    var text = of ? of.name : new URLSearchParams(location.search).get("comune");
    unfold(zones.find(function (zone) { return "#" + zone.id === location.hash; }));
    if (!text) return;
    field.value = text;
    ask(text);
  }
  window.addEventListener("hashchange", asked);
  asked();
})();
