// Plotly as Dash calls it: the common bundle for most charts, the larger one for a chart that needs it, text as large as the page's.
(function () {
  "use strict";
  var COMMON = ["bar", "pie", "scatter"]; // what the common bundle draws
  var addresses = document.currentScript.dataset; // common, more
  var template = JSON.parse(document.getElementById("chart-template").textContent);
  var common; // the common bundle, once a chart has asked for it
  var larger; // the promise of the larger one

  function load(address) {
    return new Promise(function (arrived, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = function () { arrived(arriving); };
      script.onerror = failed;
      document.body.appendChild(script);
    });
  }

  function needsMore(traces) {
    return (traces || []).some(function (trace) { return COMMON.indexOf(trace.type || "scatter") < 0; });
  }

  function bundleFor(traces) {
    if (addresses.common === addresses.more || !needsMore(traces)) { return Promise.resolve(common); }
    larger = larger || load(addresses.more);
    return larger;
  }

  function scale() {
    return parseFloat(window.getComputedStyle(document.documentElement).fontSize) / 16;
  }

  // Sizes of type and margins are written for normal type; large type and the wall screen enlarge them here.
  function enlarged(part, factor, name) {
    if (Array.isArray(part)) {
      return part.map(function (each) { return each && typeof each === "object" ? enlarged(each, factor, name) : each; });
    }
    var grown = {};
    Object.keys(part).forEach(function (key) {
      var value = part[key];
      if (key === "size" && /font$/i.test(name) && typeof value === "number") {
        grown[key] = value * factor;
      } else if (name === "margin" && typeof value === "number") {
        grown[key] = value * factor;
      } else {
        grown[key] = value && typeof value === "object" && value.constructor === Object || Array.isArray(value) && key !== "x" && key !== "y" && key !== "customdata"
          ? enlarged(value, factor, key) : value;
      }
    });
    return grown;
  }

  function framed(layout) {
    return Object.assign({ template: template }, layout);
  }

  function draw(graph, figure, layout, config) {
    var given = Array.isArray(figure) ? { data: figure, layout: layout, config: config } : figure;
    return bundleFor(given.data).then(function (bundle) {
      var factor = scale();
      var frame = framed(given.layout);
      var drawn = {
        data: given.data, frames: given.frames, config: given.config, layout: factor === 1 ? frame : enlarged(frame, factor, "layout")
      };
      if (graph.board && graph.board.bundle !== bundle) { graph.board.bundle.purge(graph); }
      graph.board = { bundle: bundle, given: given };
      return bundle.react(graph, drawn).then(function (shown) {
        countBands(graph, given.data);
        return shown;
      });
    });
  }

  // A Sankey numbers its nodes and its bands from nought both: a band counts after the nodes, as what clicks choose does.
  function countBands(graph, traces) {
    if (graph.countsBands || !(traces || []).some(function (trace) { return trace.type === "sankey"; })) { return; }
    var emit = graph.emit;
    graph.countsBands = true;
    graph.emit = function (name, told) {
      if (name === "plotly_click" && told && told.points) {
        told = Object.assign({}, told, {
          points: told.points.map(function (point) {
            if (!point || !point.source || !point.target || !point.trace) { return point; }
            return Object.assign({}, point, { pointNumber: point.pointNumber + point.trace.node.label.length });
          })
        });
      }
      return emit.call(graph, name, told);
    };
  }

  // A chart is spoken to through the bundle that drew it.
  function through(name) {
    return function (graph) {
      var bundle = graph && graph.board ? graph.board.bundle : common;
      return bundle[name].apply(bundle, arguments);
    };
  }

  var board = { react: draw, newPlot: draw, Plots: {} };
  ["purge", "relayout", "restyle", "update", "redraw", "animate", "addFrames", "deleteFrames", "extendTraces", "prependTraces",
    "addTraces", "deleteTraces", "toImage", "downloadImage"].forEach(function (name) { board[name] = through(name); });
  board.Plots.resize = function (graph) {
    var bundle = graph && graph.board ? graph.board.bundle : common;
    return bundle.Plots.resize(graph);
  };

  var arriving;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: function () { return common && board; },
    set: function (bundle) {
      bundle.register(window.chartWords);
      arriving = bundle;
      common = common || bundle;
    }
  });
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return addresses.common; }, set: function () {} });

  // After the type has changed: every chart once more, from what it was given.
  window.redrawCharts = function () {
    Array.prototype.forEach.call(document.querySelectorAll(".js-plotly-plot"), function (graph) {
      if (graph.board) { draw(graph, graph.board.given); }
    });
  };
})();
