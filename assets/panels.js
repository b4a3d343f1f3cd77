// A panel whose question the server did not answer says so; the others are not touched.
(function () {
  "use strict";
  var ask = window.fetch;
  if (!ask) {
    return;
  }

  // The element into which the answer would have gone, where it is a panel's body.
  function roomOf(options) {
    try {
      var id = JSON.parse(options.body).outputs.id;
      return id.kind === "panel-body" ? document.getElementById(JSON.stringify(id, Object.keys(id).sort())) : null;
    } catch (other) {
      return null;
    }
  }

  // The words stand in the page, in the reader's language; CSS shows them in place of what the panel held before,
  // which would be figures of another choice.
  function mark(options, failed) {
    var room = options && options.body ? roomOf(options) : null;
    var words = document.getElementById("unanswered");
    if (room && words && failed) {
      room.dataset.unanswered = words.textContent;
    } else if (room) {
      delete room.dataset.unanswered;
    }
  }

  window.fetch = function (address, options) {
    var asked = String(address && address.url ? address.url : address).indexOf("_dash-update-component") >= 0;
    var answer = ask.apply(this, arguments);
    if (asked) {
      answer.then(
        function (response) {
          mark(options, response.status >= 500);
        },
        function () {
          mark(options, true);
        }
      );
    }
    return answer;
  };
})();
