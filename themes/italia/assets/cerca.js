// Search: loaded by concilia.js when somebody begins to search, with the index that the build wrote beside the page of
// search. Words and stems are made as in src/site/ricerca/words.rs; the format is told in src/site/ricerca/indice.rs.
(function () {
  "use strict";

  var form = document.querySelector("form.cerca");
  if (!form) return;
  var field = form.querySelector("input");
  // On the page of search results stand in the page, elsewhere in a panel under the field.
  var page = document.querySelector("[data-esiti]");
  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("cerca.css", document.currentScript.src).href;
  document.head.append(style);
  var folder = form.action;
  var root = new URL("..", folder).href;

  // ---- Words

  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(" ");
  var PART = "[\\p{Alphabetic}\\p{N}\\u0300-\\u036f]";
  // A day, an amount, or a word.
  var TOKENS = new RegExp(
    "(\\d{1,2})([/.])(0?[1-9]|1[0-2])\\2(\\d{4})(?!\\d)" +
    "|(\\d{1,3}(?:\\.\\d{3}(?!\\d))+(?:,\\d{1,2}(?!\\d))?|\\d+,\\d{1,2}(?!\\d))(?!" + PART + ")" +
    "|(?:" + PART + "{1,2}\\.(?=" + PART + "))*" + PART + "+", "gu");
  var empty = new Set();
  var families = {};

  function fold(word) {
    return word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function stem(word) {
    var letters = Array.from(word);
    var n = letters.length;
    if (n <= 3 || /\p{N}/u.test(word)) return word;
    var end = letters[n - 2] + letters[n - 1];
    var cut = n > 7 && /[ia]lita$/.test(word) ? 3 : /^([ih][ei]|i[ao])$/.test(end) ? 2 : /[aeio]$/.test(end) ? 1 : 0;
    var root = letters.slice(0, Math.max(n - cut, 3)).join("");
    return families[root] || root;
  }

  // The words of a query: as typed, folded, their stems, and where they stand; figures are nowhere to be mended.
  function words(text) {
    var found = [];
    function take(raw, at) {
      var surface = raw.replace(/\./g, "").toLowerCase();
      var folded = fold(surface);
      if (Array.from(folded).length < 2 || empty.has(folded)) return;
      found.push({ surface: surface, folded: folded, stem: stem(folded), at: /\d/.test(raw) ? -1 : at, length: raw.length });
    }
    for (var token of text.matchAll(TOKENS)) {
      if (token[4]) [String(+token[1]), MONTHS[token[3] - 1], token[4]].forEach(function (part) { take(part, -1); });
      else take(token[5] ? token[5].replace(/,.*/, "") : token[0], token.index);
    }
    return found;
  }

  // ---- The index and its pieces

  var head = null;
  var total = 0;
  // What is searched too, by the stems of what was typed, and the words among these.
  var synonyms = {};
  var known = [];
  var places = [];
  var first = 0;
  var pieces = { t: [], d: [] };
  var coming = {};

  // A title as the anchor of what it is of.
  function slug(title) {
    return fold(title).split(/[^a-z0-9]+/).filter(Boolean).join("-");
  }

  // A text of which the letters shared with the one before are only counted.
  function after(before, entry) {
    return before.slice(0, parseInt(entry[0], 36)) + entry.slice(1);
  }

  function load(name) {
    return (coming[name] ||= new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = folder + name + ".js";
      script.onload = done;
      script.onerror = function () {
        delete coming[name];
        failed(new Error(name));
      };
      document.head.append(script);
    }));
  }

  window.conciliaCerca = {
    indice: function (given) {
      head = given;
      empty = new Set(head.vuote.split(" "));
      head.famiglie.split(", ").forEach(function (family) {
        var first = family.split(" ")[0];
        family.split(" ").forEach(function (other) { families[other] = first; });
      });
      head.sinonimi.forEach(function (entry) {
        entry[0].split("|").forEach(function (spoken) {
          var own = words(spoken);
          synonyms[own.map(function (word) { return word.stem; }).join(" ")] = entry[1].split("|");
          if (own.length === 1) known.push({ stem: own[0].stem, surface: own[0].surface, postings: "" });
        });
      });
      head.tipi.forEach(function (tipo) {
        tipo.push(total);
        total += tipo[1];
      });
      first = total;
      // Communes are the last kind; of these the name is all that is known.
      if (!head.luoghi) return;
      places = head.luoghi.split("|").map(function (name) {
        var own = words("comune " + name);
        own.slice(1).forEach(function (word) { known.push({ stem: word.stem, surface: word.surface, postings: "" }); });
        return { own: own, shown: [name, "dove/#comune-" + slug(name), "Non si sa in quale ambito è: a chi chiedere"] };
      });
      total += places.length;
      head.tipi[head.tipi.length - 1][1] += places.length;
    },
    termini: function (n, stems, postings) {
      var before = "";
      var codes = postings.split(" ");
      pieces.t[n] = !stems ? [] : stems.split(" ").map(function (entry, i) {
        var rest = entry.slice(1);
        var at = rest.search(/[,=]/);
        before = after(before, at < 0 ? entry : entry.slice(0, at + 1));
        var surface = at < 0 ? before : rest[at] === "=" ? rest.slice(at + 1) : before + rest.slice(at + 1);
        return { stem: before, surface: surface, postings: codes[i] };
      });
    },
    documenti: function (n, block) {
      block.reduce(function (before, row) {
        var told = row.map(function (entry, i) { return after(before[i], entry); });
        row.splice(0, 3, told[0], told[1].replace("~", slug(told[0])), told[2]);
        return told;
      }, ["", "", ""]);
      pieces.d[n] = block;
    },
    parole: words,
  };

  function piece(kind, n) {
    return pieces[kind][n] ? Promise.resolve() : load(kind + n);
  }

  // The pieces where stems may begin so.
  function piecesFor(start) {
    var found = [];
    head.inizi.forEach(function (first, n) {
      var next = head.inizi[n + 1];
      var after = next !== undefined && next !== "" && next < start;
      if ((n === 0 || first <= start || first.startsWith(start)) && !after) found.push(n);
    });
    return found;
  }

  function terms(start) {
    var wanted = piecesFor(start);
    return Promise.all(wanted.map(function (n) { return piece("t", n); })).then(function () {
      return wanted.flatMap(function (n) { return pieces.t[n]; });
    });
  }

  function decode(postings, each) {
    var value = 0, shift = 0, last = -1;
    for (var i = 0; i < postings.length; i++) {
      var digit = DIGITS.indexOf(postings[i]);
      value += (digit & 31) << shift;
      shift += 5;
      if (digit & 32) continue;
      last += value >> 2;
      each(last, value & 3);
      value = shift = 0;
    }
  }

  // ---- Looking up

  // By what a text is: a place, a text, a summary, a title.
  var WEIGHTS = [13, 1, 4, 12];
  // Of a word that only begins so, and of one that was not typed.
  var BEGUN = 0.4, MEANT = 0.7;

  // The documents of one word, with what they are worth; of one that is whole, no others that begin so.
  function lookUp(word, whole) {
    var start = word.stem.length < word.folded.length ? word.stem : word.folded;
    return terms(start).then(function (near) {
      var scores = new Map();
      near.forEach(function (term) {
        var exact = term.stem === word.stem;
        if (!exact && (whole || word.folded.length < 2 || !term.stem.startsWith(word.folded))) return;
        var rarity = 0;
        decode(term.postings, function () { rarity++; });
        rarity = Math.log(1 + total / rarity);
        decode(term.postings, function (n, weight) {
          var score = WEIGHTS[weight] * rarity * (exact ? 1 : BEGUN);
          if (score > (scores.get(n) || 0)) scores.set(n, score);
        });
      });
      places.forEach(function (place, i) {
        place.own.forEach(function (own, n) {
          var exact = own.stem === word.stem;
          if (!exact && (whole || !own.folded.startsWith(word.folded))) return;
          var score = n ? WEIGHTS[0] * Math.log(1 + total) * (exact ? 1 : BEGUN) : WEIGHTS[1];
          scores.set(first + i, Math.max(score, scores.get(first + i) || 0));
        });
      });
      return scores;
    });
  }

  // The documents with an expression, each worth as much as its words are on average. Words in a row stand in the index as
  // one too.
  function together(text) {
    var wanted = words(text);
    var row = "+" + wanted.map(function (word) { return word.stem; }).join("+");
    var all = wanted.length > 1 ? wanted.concat({ stem: row, folded: row }) : wanted;
    return Promise.all(all.map(function (word) { return lookUp(word, true); })).then(function (found) {
      var scores = new Map();
      found[all.length - 1].forEach(function (_, n) {
        var worth = wanted.reduce(function (sum, _, i) { return sum + (found[i].get(n) || 0); }, 0);
        scores.set(n, worth / wanted.length);
      });
      return scores;
    });
  }

  // What is searched too: for which words, and with what. Of expressions the longest that is known.
  function meant(wanted) {
    var found = [];
    for (var from = 0; from < wanted.length; from++) {
      for (var to = Math.min(from + 4, wanted.length); to > from; to--) {
        var key = wanted.slice(from, to).map(function (word) { return word.stem; }).join(" ");
        if (!Object.hasOwn(synonyms, key)) continue;
        synonyms[key].forEach(function (text) { found.push({ from: from, to: to, text: text }); });
        from = to - 1;
        break;
      }
    }
    return Promise.all(found.map(function (other) {
      return together(other.text).then(function (scores) {
        other.scores = scores;
        return other;
      });
    }));
  }

  // Letters to change, add, leave out or swap.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var two = [], one = [], row = [];
    for (var j = 0; j <= b.length; j++) one[j] = j;
    for (var i = 1; i <= a.length; i++) {
      row = [i];
      for (j = 1; j <= b.length; j++) {
        var same = a[i - 1] === b[j - 1];
        row[j] = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 1);
      }
      two = one;
      one = row;
    }
    return row[b.length];
  }

  // The word nearest to one that nothing has; of two equally near, the one in more documents. Where none is near, one
  // that begins the same for most of its letters. Short words are near to everything: nothing is proposed for them.
  function nearest(word) {
    var n = word.stem.length;
    var most = n < 5 ? 0 : n < 8 ? 1 : 2;
    if (!most) return Promise.resolve(null);
    // Of an index in pieces only those with the same beginning: the others would have to be loaded for this alone.
    return terms(head.intero ? "" : word.folded.slice(0, 2)).then(function (near) {
      var best = null, bestFar = most + 1, alike = null, letters = Math.max(5, Math.ceil(n * 0.6)) - 1;
      near.concat(known).forEach(function (term) {
        var far = Math.min(distance(word.folded, fold(term.surface), most), distance(word.stem, term.stem, most));
        if (far < bestFar || (far === bestFar && best && term.postings.length > best.postings.length)) {
          best = term;
          bestFar = far;
        }
        var same = 0;
        while (same < n && word.stem[same] === term.stem[same]) same++;
        if (same > letters) {
          alike = term;
          letters = same;
        }
      });
      var found = bestFar <= most ? best : alike;
      return found && found.surface;
    });
  }

  // Documents with all the words; where there are none, those with most of them. What nothing has is mended first,
  // unless the words are wanted as they are.
  function search(text, asWritten) {
    var wanted = words(text.normalize("NFC"));
    return Promise.all([Promise.all(wanted.map(function (word) { return lookUp(word); })), meant(wanted)])
      .then(function (both) {
        var found = both[0].map(function (scores) {
          return new Map(Array.from(scores, function (entry) { return [entry[0], { score: entry[1], by: null }]; }));
        });
        var typed = new Set(wanted.map(function (word) { return word.stem; }));
        both[1].forEach(function (other) {
          // Of `asilo nido` no one needs to be told that `nido` was searched.
          var by = words(other.text).every(function (word) { return typed.has(word.stem); }) ? null : other.text;
          other.scores.forEach(function (score, n) {
            for (var i = other.from; i < other.to; i++) {
              var known = found[i].get(n), worth = score * MEANT;
              if (!known || known.score < worth) found[i].set(n, { score: worth, by: known && !known.by ? null : by });
            }
          });
        });
        var missing = asWritten ? [] : wanted.filter(function (word, i) { return word.at >= 0 && !found[i].size; });
        return Promise.all(missing.map(nearest)).then(function (near) {
          var mended = text.normalize("NFC");
          for (var i = missing.length - 1; i >= 0; i--) {
            if (near[i]) mended = mended.slice(0, missing[i].at) + near[i] + mended.slice(missing[i].at + missing[i].length);
          }
          if (mended === text.normalize("NFC")) return ranked(text, wanted, found);
          return search(mended, true).then(function (answer) {
            answer.written = text;
            return answer;
          });
        });
      });
  }

  // Up to so many results more are shown, of some of the words.
  var FEW = 5;

  function ranked(text, wanted, found) {
    var counts = new Map(), scores = new Map(), by = new Map();
    found.forEach(function (of) {
      of.forEach(function (one, n) {
        counts.set(n, (counts.get(n) || 0) + 1);
        scores.set(n, (scores.get(n) || 0) + one.score);
        if (one.by) by.set(n, (by.get(n) || new Set()).add(one.by));
      });
    });
    var most = 0;
    counts.forEach(function (n) { most = Math.max(most, n); });
    var all = Array.from(counts.keys());
    // Of equals the first kind, and of that the shortest title, where it is known.
    var kind = function (n) { return head.tipi.findIndex(function (tipo) { return n < tipo[2] + tipo[1]; }); };
    var length = function (n) { return head.intero && n < first ? pieces.d[Math.floor(n / head.blocco)][n % head.blocco][0].length : 0; };
    all.sort(function (a, b) { return scores.get(b) - scores.get(a) || kind(a) - kind(b) || length(a) - length(b) || a - b; });
    var numbers = all.filter(function (n) { return counts.get(n) === most; });
    // A word too many must not hide what the others find.
    var others = numbers.length < FEW ? all.filter(function (n) { return counts.get(n) < most; }).slice(0, 2 * FEW) : [];
    var also = new Set();
    numbers.concat(others).forEach(function (n) { (by.get(n) || []).forEach(function (other) { also.add(other); }); });
    return {
      text: text,
      words: wanted.length,
      whole: most === wanted.length,
      groups: grouped(numbers, "").concat(grouped(others, ", con alcune parole")),
      count: numbers.length,
      others: others.length,
      also: Array.from(also),
      by: by,
    };
  }

  // By kind, the kind of the best result first.
  function grouped(numbers, of) {
    var groups = [];
    numbers.forEach(function (n) {
      var kind = head.tipi.find(function (tipo) { return n < tipo[2] + tipo[1]; });
      var group = groups.find(function (one) { return one.name === kind[0] + of; });
      if (!group) groups.push((group = { name: kind[0] + of, numbers: [] }));
      group.numbers.push(n);
    });
    return groups;
  }

  function documents(numbers) {
    var of = function (n) { return Math.floor(n / head.blocco); };
    var isPlace = function (n) { return n >= first; };
    return Promise.all(numbers.map(function (n) { return isPlace(n) || piece("d", of(n)); })).then(function () {
      return numbers.map(function (n) { return isPlace(n) ? places[n - first].shown : pieces.d[of(n)][n % head.blocco]; });
    });
  }

  // ---- Showing

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // `by` are the words that it was found with, if they are others than those that were typed.
  function link(document_, by) {
    var a = make("a", "", document_[0]);
    var parts = document_[1].split("#");
    // From a folder nobody opens `index.html` for us.
    if (location.protocol === "file:") parts[0] += "index.html";
    a.href = root + parts.join("#");
    var item = make("li");
    item.append(a);
    if (document_[2]) item.append(make("span", "esito-testo", document_[2]));
    if (by) item.append(make("span", "esito-testo", "Trovato con: " + Array.from(by).join(", ")));
    return item;
  }

  var panel = page || make("div", "esiti-pannello");
  var status = make("p", "esiti-stato");
  status.setAttribute("role", "status");
  var list = make("div");
  panel.replaceChildren(status, list);
  if (!page) {
    panel.hidden = true;
    form.append(panel);
  }

  function number(n) {
    return n.toLocaleString("it-IT");
  }

  // What was found, in a few words; with `written` in its place where something else was typed.
  function say(answer) {
    var quoted = "«" + answer.text + "»";
    var results = answer.count === 1 ? "1 risultato" : number(answer.count) + " risultati";
    var said = [];
    if (!answer.words) said.push("Scrivi una parola che dica che cosa cerchi.");
    else if (!answer.count) said.push("Nessun risultato per " + quoted + ".");
    else if (answer.written) said.push(answer.whole ? "Risultati per " : "Risultati con alcune parole di ", make("strong", "", quoted), ": " + number(answer.count) + ".");
    else if (answer.whole) said.push(results + " per " + quoted + (answer.others ? ", poi quelli con alcune parole." : "."));
    else said.push("Nessun risultato con tutte le parole di " + quoted + ". " + results + (answer.others ? " con quasi tutte, poi quelli con alcune." : " con alcune."));
    if (answer.written) {
      var again = make("button", "esiti-proposta", "«" + answer.written + "»");
      again.type = "button";
      again.addEventListener("click", function () {
        field.focus();
        run(true);
      });
      said.push(" Cerca invece ", again, ".");
    }
    if (answer.also.length) said.push(" Cercato anche: " + answer.also.join(", ") + ".");
    status.replaceChildren.apply(status, said);
  }

  function show(text, answer, mine) {
    // On a page more of the best kind than of the others: of a large index each may stand in a piece of its own.
    var few = function (i) { return !page ? 3 : i ? 5 : 10; };
    var items_of = function (numbers, shown) {
      return shown.map(function (one, i) { return link(one, answer.by.get(numbers[i])); });
    };
    return Promise.all(answer.groups.map(function (group, i) {
      var first = group.numbers.slice(0, few(i));
      return documents(first).then(function (shown) {
        var section = make(page ? "section" : "div", "esiti-gruppo");
        var title = make(page ? "h2" : "p", "esiti-tipo", group.name + " ");
        title.id = "cerca-esiti-" + i;
        title.append(make("span", "esiti-quanti", "(" + number(group.numbers.length) + ")"));
        var items = make("ul", "esiti-elenco");
        items.setAttribute("aria-labelledby", title.id);
        items.append.apply(items, items_of(first, shown));
        section.append(title, items);
        if (page && group.numbers.length > first.length) section.append(more(group, items, first.length, items_of));
        return section;
      });
    })).then(function (sections) {
      if (mine !== turn) return;
      if (!page && answer.count) {
        var all = make("a", "oltre", "Tutti i risultati");
        all.href = folder + (location.protocol === "file:" ? "index.html" : "") + "?q=" + encodeURIComponent(text);
        var end = make("p");
        end.append(all);
        sections.push(end);
      }
      say(answer);
      list.replaceChildren.apply(list, sections);
      panel.hidden = false;
    });
  }

  // The rest of a group, as much again at each press as one can look through.
  function more(group, items, from, items_of) {
    var STEP = 50;
    var place = make("p");
    var button = make("button", "bottone bottone-lieve");
    button.type = "button";
    var name = function () {
      var left = group.numbers.length - from;
      button.textContent = "Mostra " + (left > STEP ? "altri " + STEP : left === 1 ? "l’ultimo" : "gli altri " + left);
    };
    name();
    button.addEventListener("click", function () {
      var next = group.numbers.slice(from, from + STEP);
      documents(next).then(function (shown) {
        var fresh = items_of(next, shown);
        items.append.apply(items, fresh);
        fresh[0].querySelector("a").focus();
        from += STEP;
        if (from < group.numbers.length) name();
        else place.remove();
      });
    });
    place.append(button);
    return place;
  }

  // ---- The field

  var title = document.title;
  var turn = 0;

  function run(asWritten) {
    var text = field.value.trim();
    var mine = ++turn;
    if (page) {
      history.replaceState(null, "", text ? "?q=" + encodeURIComponent(text) : location.pathname);
      document.title = (text ? "«" + text + "» · " : "") + title;
    }
    if (!text) {
      status.replaceChildren();
      list.replaceChildren();
      panel.hidden = !page;
      return;
    }
    load("indice")
      .then(function () { return search(text, asWritten === true); })
      .then(function (answer) {
        if (mine === turn) return show(text, answer, mine);
      })
      .catch(function () {
        status.textContent = "La ricerca non si carica: riprova fra poco, o usa la mappa del sito.";
        panel.hidden = false;
      });
  }

  var wait;
  field.addEventListener("input", function () {
    clearTimeout(wait);
    wait = setTimeout(run, 180);
  });
  load("indice").catch(function () {});

  if (page) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      clearTimeout(wait);
      run();
    });
    var asked = function () {
      var text = new URLSearchParams(location.search).get("q");
      if (text === null && !field.value) return;
      if (text !== null) field.value = text;
      run();
    };
    window.addEventListener("popstate", asked);
    asked();
    return;
  }

  function close() {
    panel.hidden = true;
  }

  form.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      field.focus();
      close();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" || panel.hidden) return;
    var stops = [field].concat(Array.from(panel.querySelectorAll("a, button")));
    var at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    var next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    if (next) next.focus();
  });
  form.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", function (event) {
    if (!form.contains(event.target)) close();
  });
  field.addEventListener("focus", function () {
    if (list.firstChild && field.value.trim()) panel.hidden = false;
  });
  if (field.value.trim()) run();
})();
