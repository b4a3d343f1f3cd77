// Before anything is drawn: the light and the size of type of the last visit.
(function () {
  "use strict";
  function kept(key) {
    try {
      return window.localStorage.getItem(key);
    } catch (refused) {
      return null; // a browser that keeps nothing gets the defaults
    }
  }
  var stored = kept("mantine-color-scheme-value");
  var dark = stored === "dark" || (stored !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  document.documentElement.dataset.type = kept("type") === "large" ? "large" : "normal";
  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest(".type-switch")) { return; }
    var type = document.documentElement.dataset.type === "large" ? "normal" : "large";
    document.documentElement.dataset.type = type;
    try { window.localStorage.setItem("type", type); } catch (refused) { return; } finally { window.redrawCharts(); }
  });

  window.chartWords = {
    moduleType: "locale",
    name: "zh-CN",
    dictionary: {
      "Download plot": "下载图形",
      "Download plot as a PNG": "下载图形（PNG）",
      "Download plot as a SVG": "下载图形（SVG）",
      "Image download succeeded": "图形已下载",
      "Sorry, there was a problem downloading your image!": "抱歉，图形下载出现问题"
    },
    format: {
      days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
      shortDays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
      months: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
      shortMonths: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
      date: "%Y-%m-%d"
    }
  };
})();
