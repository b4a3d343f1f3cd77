// The pages behind one button, where there is no room beside the figures: opened by it, closed by a choice, Escape or a look elsewhere.
(function () {
  "use strict";
  function button() {
    return document.querySelector(".menu-button");
  }
  function isOpen() {
    return button() && button().getAttribute("aria-expanded") === "true";
  }
  function set(open) {
    if (button()) { button().setAttribute("aria-expanded", String(open)); }
  }
  document.addEventListener("click", function (event) {
    if (!event.target.closest) { return; }
    if (event.target.closest(".menu-button")) {
      set(!isOpen());
    } else if (isOpen() && (event.target.closest(".tabs a") || !event.target.closest(".tabs"))) {
      set(false);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && isOpen()) {
      set(false);
      button().focus();
    }
  });
  document.addEventListener("focusin", function (event) {
    if (isOpen() && !event.target.closest(".tabs, .menu-button")) { set(false); }
  });
})();
