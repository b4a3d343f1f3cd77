// What the mouse can do, the keyboard can: marks of a chart one by one, rows of a table, the search, the printer.
(function () {
  "use strict";
  var told = null;

  // Said to a screen reader as the reader walks along a chart.
  function say(text) {
    if (!told) {
      told = document.createElement("div");
      told.className = "unseen";
      told.setAttribute("aria-live", "polite");
      document.body.appendChild(told);
    }
    told.textContent = text;
  }

  // What each mark of a trace leads to; a Sankey keeps it beside, its nodes' first and then its bands'.
  function drillsOf(trace) {
    var drills = trace.type === "sankey" ? trace.meta : trace.customdata;
    return Array.isArray(drills) ? drills : [];
  }

  // The marks that lead somewhere, in the order of the traces.
  function marksOf(plot) {
    var found = [];
    (plot.data || []).forEach(function (trace, curve) {
      drillsOf(trace).forEach(function (drill, point) {
        if (drill && trace.hoverinfo !== "skip") {
          found.push({ curveNumber: curve, pointNumber: point });
        }
      });
    });
    return found;
  }

  function plain(text) {
    return String(text === undefined || text === null ? "" : text).replace(/<[^>]*>/g, " ");
  }

  // A stop of a Sankey, or a band between two.
  function flowSaid(trace, number) {
    var node = trace.node, link = trace.link, band = number - node.label.length;
    return band < 0 ? [node.label[number], node.customdata[number]].join(" ")
      : [node.label[link.source[band]], "→", node.label[link.target[band]], link.customdata[band]].join(" ");
  }

  function show(plot, mark) {
    var trace = plot.data[mark.curveNumber];
    if (trace.type === "sankey") {
      say(flowSaid(trace, mark.pointNumber));
      return;
    }
    var names = trace.labels || (trace.orientation === "h" ? trace.y : trace.x);
    var said = Array.isArray(trace.text) ? trace.text[mark.pointNumber] : "";
    try {
      window.Plotly.Fx.hover(plot, [mark], "xy");
    } catch (undrawn) {
      // a mark without an extent cannot be hovered; it is said all the same
    }
    say([plain(names && names[mark.pointNumber]), plain(trace.name), plain(said)].join(" "));
  }

  function choose(plot, mark) {
    var trace = plot.data[mark.curveNumber];
    var point = {
      curveNumber: mark.curveNumber,
      pointNumber: mark.pointNumber,
      pointIndex: mark.pointNumber,
      customdata: drillsOf(trace)[mark.pointNumber],
      data: trace,
      fullData: plot._fullData[mark.curveNumber]
    };
    plot.emit("plotly_click", { points: [point] });
  }

  var STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function walk(event, chart) {
    var plot = chart.querySelector(".js-plotly-plot");
    var marks = plot && plot.data ? marksOf(plot) : [];
    if (!marks.length) {
      return;
    }
    var at = chart.dataset.mark === undefined ? -1 : Number(chart.dataset.mark);
    if (event.key in STEPS) {
      at = at < 0 ? (STEPS[event.key] > 0 ? 0 : marks.length - 1) : (at + STEPS[event.key] + marks.length) % marks.length;
    } else if (event.key === "Home" || event.key === "End") {
      at = event.key === "Home" ? 0 : marks.length - 1;
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0 && at < marks.length) {
      event.preventDefault();
      delete chart.dataset.mark;
      choose(plot, marks[at]);
      return;
    } else {
      return;
    }
    event.preventDefault();
    at = Math.min(at, marks.length - 1);
    chart.dataset.mark = String(at);
    show(plot, marks[at]);
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (target.classList.contains("chart")) {
      walk(event, target);
    } else if (event.key === "Enter" && target.classList.contains("ag-cell") && target.closest(".grid-drill")) {
      target.click();
    } else if (event.key === "/" && !target.closest("input, textarea, [contenteditable]")) {
      var search = document.querySelector(".region-search input");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  document.addEventListener("focusout", function (event) {
    if (event.target.classList && event.target.classList.contains("chart") && window.Plotly) {
      delete event.target.dataset.mark;
      var plot = event.target.querySelector(".js-plotly-plot");
      if (plot && plot.data) {
        window.Plotly.Fx.unhover(plot);
      }
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) {
      window.print();
    }
  });

  // Charts are drawn for the window; on paper they are scaled to the column.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".main-svg[width]").forEach(function (svg) {
      svg.setAttribute("viewBox", "0 0 " + svg.getAttribute("width") + " " + svg.getAttribute("height"));
    });
  });
})();
