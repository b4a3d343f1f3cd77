// A session that has ended: the next answer of the server says so, and the reader is led to the sign-in page.
(function () {
  "use strict";
  var fetched = window.fetch;
  window.fetch = function () {
    return fetched.apply(window, arguments).then(function (answer) {
      if (answer.status === 401 && /^\/(_dash|panels\/)/.test(new URL(answer.url).pathname)) {
        var here = window.location.pathname + window.location.search;
        var english = document.documentElement.lang === "en" ? "&lang=en" : "";
        window.location.assign("/sign-in?next=" + encodeURIComponent(here) + english);
      }
      return answer;
    });
  };
  // The account menu closes when one looks elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.account[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });
  document.addEventListener("keydown", function (event) {
    var menu = document.querySelector("details.account[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // A page kept whole by the browser is asked for anew: somebody may have signed out since.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });
})();
