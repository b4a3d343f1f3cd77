'use strict';
var Plotly = require('plotly.js/lib/core');
Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/pie'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/waterfall'),
  require('plotly.js/lib/funnel'),
  require('plotly.js/lib/treemap'),
  require('plotly.js/lib/sankey')
]);
module.exports = Plotly;
