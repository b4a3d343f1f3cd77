// What Dash's components call by name.
(function () {
  "use strict";
  var board = (window.dash_clientside = window.dash_clientside || {});
  board.board = {
    // The document follows the frame drawn: its language and its title.
    told: function (drawn) {
      var heading = document.querySelector(".page-title h1");
      var brand = document.querySelector(".brand-name");
      document.documentElement.lang = String(drawn).indexOf("en ") === 0 ? "en" : "zh-CN";
      if (heading && brand) {
        document.title = heading.textContent + " · " + brand.textContent;
      }
      return document.title;
    }
  };
  // The server has already searched: every option it sends fits.
  var mantine = (window.dashMantineFunctions = window.dashMantineFunctions || {});
  mantine.everyOption = function (given) {
    return given.options;
  };
  // A score of 0 to 100 as its number and a bar.
  var cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  cells.ScoreBar = function (props) {
    var element = window.React.createElement;
    if (props.value === null || props.value === undefined) {
      return element("span", { className: "none" }, props.valueFormatted);
    }
    return element(
      "div",
      { className: "score-cell" },
      element("span", { className: "score-said" }, props.value.toFixed(1)),
      element("span", { className: "share-room" }, element("span", { className: "share", style: { width: props.value + "%" } }))
    );
  };
  var grid = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  // Enter on a cell does what a click on it does.
  grid.pressed = function (params) {
    if (params.event.key === "Enter" && params.event.target.click) {
      params.event.target.click();
    }
  };
  grid.chineseText = function (params) {
    return (window.AG_GRID_LOCALE_CN || {})[params.key] || params.defaultValue;
  };
})();
