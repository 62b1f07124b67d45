"use strict";
// This runs before the abstracts are read, and in old browsers. The search waits for book.js.
(function () {
  var page = window, tools = document.getElementById("tools");
  tools.hidden = false;
  // With scripts, a browser takes what is in "noscript" for text, which it reads much faster. The
  // indexes are a quarter of the book, and become a part of the page when they are needed.
  page.addIndexes = function (most) {
    var parts = document.querySelectorAll(".back>noscript"), count = Math.min(parts.length, most || parts.length);
    for (var n = 0; n < count; n++) parts[n].outerHTML = parts[n].textContent;
    return parts.length > count;
  };
  var idle = page.requestIdleCallback || page.setTimeout;
  var addOne = function () {
    if (page.addIndexes(1)) idle(addOne);
  };
  page.addEventListener("load", function () { idle(addOne); });
  page.addEventListener("beforeprint", function () { page.addIndexes(); });
})();
