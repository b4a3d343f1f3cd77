// Before anything is drawn: the light of the last visit, and where Plotly lies when a chart first needs it.
(function () {
  "use strict";
  var stored = null;
  try {
    stored = window.localStorage.getItem("mantine-color-scheme-value");
  } catch (refused) {
    stored = null;
  }
  var dark = stored === "dark" || (stored !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  // Dash would take the full bundle; the charts drawn here need the basic one (bars, lines).
  var plotly = document.currentScript.getAttribute("data-plotly");
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return plotly; }, set: function () {} });

  window.PlotlyLocales = window.PlotlyLocales || {};
  window.PlotlyLocales["zh-CN"] = {
    moduleType: "locale",
    name: "zh-CN",
    dictionary: {
      "Download plot": "下载图形",
      "Download plot as a PNG": "下载图形（PNG）",
      "Download plot as a SVG": "下载图形（SVG）",
      "Snapshot succeeded": "图形已生成",
      "Taking snapshot - this may take a few seconds": "正在生成图形，请稍候",
      "Sorry, there was a problem downloading your snapshot!": "抱歉，图形下载出现问题"
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
