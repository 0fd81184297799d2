// Writes rows as a sheet for spreadsheets: a text is a text, a figure keeps its digits. The parts are stored as they are, so
// that nothing has to be compressed. Loaded by filtri.js when somebody asks for one.
(function () {
  "use strict";

  var XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  var TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  function text(value) {
    return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function cell(value) {
    return value.cifra !== undefined
      ? "<c><v>" + value.cifra + "</v></c>"
      : '<c t="inlineStr"><is><t xml:space="preserve">' + text(value) + "</t></is></c>";
  }

  function related(list) {
    return XML + '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="r1" Type="' + OFFICE + list[0] +
      '" Target="' + list[1] + '"/></Relationships>';
  }

  function parts(rows) {
    return [
      ["[Content_Types].xml", XML + '<Types xmlns="' + PACKAGE + 'content-types">' +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Override PartName="/xl/workbook.xml" ContentType="' + TYPE + 'sheet.main+xml"/>' +
        '<Override PartName="/xl/sheet.xml" ContentType="' + TYPE + 'worksheet+xml"/></Types>'],
      ["_rels/.rels", related(["/officeDocument", "xl/workbook.xml"])],
      ["xl/workbook.xml", XML + '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets>' +
        '<sheet name="Elenco" sheetId="1" r:id="r1"/></sheets></workbook>'],
      ["xl/_rels/workbook.xml.rels", related(["/worksheet", "sheet.xml"])],
      ["xl/sheet.xml", XML + '<worksheet xmlns="' + MAIN + '"><sheetData>' + rows.map(function (row) {
        return "<row>" + row.map(cell).join("") + "</row>";
      }).join("") + "</sheetData></worksheet>"],
    ];
  }

  var table = Array.from({ length: 256 }, function (_, n) {
    for (var i = 0; i < 8; i++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });

  function crc(bytes) {
    var sum = -1;
    bytes.forEach(function (byte) { sum = (sum >>> 8) ^ table[(sum ^ byte) & 255]; });
    return ~sum;
  }

  // Numbers of two and four bytes, the lowest first.
  function low(list) {
    var bytes = [];
    list.forEach(function (pair) {
      for (var i = 0; i < pair[1]; i++) bytes.push((pair[0] >>> (8 * i)) & 255);
    });
    return new Uint8Array(bytes);
  }

  // Version, UTF-8 names, stored, 1 January 1980, checksum and sizes: the same in both lists of an archive.
  function head(part) {
    return [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(part.data), 4], [part.data.length, 4], [part.data.length, 4], [part.name.length, 2], [0, 2]];
  }

  window.conciliaFoglio = function (rows) {
    var utf8 = new TextEncoder();
    var pieces = [], central = [], at = 0, end = 0;
    parts(rows).forEach(function (entry) {
      var part = { name: utf8.encode(entry[0]), data: utf8.encode(entry[1]) };
      var local = low([[0x04034b50, 4]].concat(head(part)));
      var listed = low([[0x02014b50, 4], [20, 2]].concat(head(part), [[0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]));
      pieces.push(local, part.name, part.data);
      central.push(listed, part.name);
      at += local.length + part.name.length + part.data.length;
      end += listed.length + part.name.length;
    });
    var last = low([[0x06054b50, 4], [0, 2], [0, 2], [central.length / 2, 2], [central.length / 2, 2], [end, 4], [at, 4], [0, 2]]);
    return new Blob(pieces.concat(central, last), { type: TYPE + "sheet" });
  };
})();
