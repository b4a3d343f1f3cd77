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
  var grid = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  grid.chineseText = function (params) {
    return (window.AG_GRID_LOCALE_CN || {})[params.key] || params.defaultValue;
  };
})();
