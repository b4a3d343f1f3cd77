// What Dash's components call by name.
(function () {
  "use strict";
  var board = (window.dash_clientside = window.dash_clientside || {});
  var last; // the address that the frame was last asked for
  board.board = {
    // The address, where it is not the one that the frame was last asked for: the layout came with its own.
    asked: function (path, search, frame) {
      var address = (path || "/") + (search || "");
      if (address === (last === undefined ? frame.address : last)) {
        return board.no_update;
      }
      last = address;
      return { path: path || "/", search: search || "" };
    },
    // What was clicked or chosen; what merely appeared has no value yet.
    choice: function () {
      var made = board.callback_context.triggered.filter(function (each) {
        return each.value !== null && each.value !== undefined;
      })[0];
      if (!made) {
        return board.no_update;
      }
      var origin = made.prop_id.slice(0, made.prop_id.lastIndexOf("."));
      return { origin: origin.charAt(0) === "{" ? JSON.parse(origin) : origin, value: made.value, at: Date.now() };
    },
    // The document follows the frame drawn: its language and its title.
    told: function (frame) {
      var heading = document.querySelector(".page-title h1");
      var brand = document.querySelector(".brand-name");
      document.documentElement.lang = frame.drawn.indexOf("en ") === 0 ? "en" : "zh-CN";
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
