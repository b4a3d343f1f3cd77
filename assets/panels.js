// A panel asks for its drawing at an address of its own; one whose question the server does not answer says so, the others are not touched.
(function () {
  "use strict";
  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var board = (clientside.board = clientside.board || {});

  // The words stand in the page, in the reader's language; CSS shows them in place of what the panel held before,
  // which would be figures of another choice.
  function mark(id, failed) {
    var room = document.getElementById(JSON.stringify(id, Object.keys(id).sort()));
    var words = document.getElementById("unanswered");
    if (room && words && failed) {
      room.dataset.unanswered = words.textContent;
    } else if (room) {
      delete room.dataset.unanswered;
    }
  }

  function address(id, search, shape) {
    var asked = (search || "").replace(/^\?/, "");
    if (shape !== "chart") { asked += (asked ? "&" : "") + "shape=" + shape; }
    return "/panels/" + id.page + "/" + id.panel + (asked ? "?" + asked : "");
  }

  // A page's path is its name, but for the first one. Where the address has moved on, the new page's panels ask for themselves.
  board.panel = function (search, shape, path, id) {
    if (((path || "/").replace(/\//g, "") || "overview") !== id.page) { return clientside.no_update; }
    return window.fetch(address(id, search, shape), { credentials: "same-origin" }).then(
      function (answer) {
        mark(id, answer.status >= 500);
        return answer.status === 200 ? answer.json() : clientside.no_update;
      },
      function () {
        mark(id, true);
        return clientside.no_update;
      }
    );
  };
})();
