"use strict";
/* Draws the pictures of a desk. Each stands as a table and in words on the page already; a browser
   without a canvas, or without this file, loses nothing but the drawing. Colours come from
   variables.css and are read again when the system turns dark or light. */
(function () {
  if (!window.echarts) return;
  var drawn = [];

  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function looks() {
    return {
      ink: color("--ink"), muted: color("--muted"), line: color("--line"),
      surface: color("--surface"), limit: color("--chart-limit"),
      series: [color("--chart-1"), color("--chart-2"), color("--chart-3"), color("--chart-4")]
    };
  }

  function axis(look, more) {
    return Object.assign({
      axisLabel: { color: look.muted }, axisLine: { lineStyle: { color: look.line } },
      splitLine: { lineStyle: { color: look.line } }, axisTick: { show: false }
    }, more);
  }

  function tip(look, data) {
    return {
      trigger: "axis", renderMode: "richText", confine: true,
      backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.ink },
      formatter: function (found) {
        var note = data.notes ? "，" + data.notes[found[0].dataIndex] : "";
        return [found[0].name].concat(found.map(function (one) {
          return one.seriesName + "：" + (one.value === undefined ? "无" : one.value + data.unit) + note;
        })).join("\n");
      }
    };
  }

  function base(look, data) {
    // On a phone the names of several lines take two rows, and the axis begins below them.
    var rows = data.series.length > 2 && window.innerWidth < 480 ? 2 : 1;
    return {
      animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      color: look.series, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: tip(look, data), grid: { left: 8, right: 24, top: 16 + 26 * rows, bottom: 8, containLabel: true },
      legend: { show: data.series.length > 1, textStyle: { color: look.ink }, top: 4, type: "plain" }
    };
  }

  var SYMBOLS = ["circle", "rect", "triangle"], DASHES = ["solid", "dashed", "dotted"];

  function lines(look, data) {
    return {
      xAxis: axis(look, { type: "category", data: data.names, boundaryGap: data.names.length < 2 }),
      yAxis: axis(look, { type: "value", minInterval: 1 }),
      series: data.series.map(function (one, i) {
        return {
          type: "line", name: one.name, data: one.values, symbol: SYMBOLS[i % 3], symbolSize: 8,
          lineStyle: { type: DASHES[i % 3], width: 2 }, showAllSymbol: true
        };
      })
    };
  }

  function bars(look, data) {
    return {
      grid: { left: 8, right: data.told ? 104 : 56, top: 8, bottom: 8, containLabel: true },
      xAxis: axis(look, { type: "value", minInterval: 1 }),
      yAxis: axis(look, {
        type: "category", data: data.names, inverse: true,
        axisLabel: { color: look.ink, width: 130, overflow: "truncate", interval: 0 }
      }),
      series: data.series.map(function (one) {
        return {
          type: "bar", name: one.name, data: one.values, barMaxWidth: 18,
          label: {
            show: true, position: "right", color: look.ink,
            formatter: function (bar) {
              return data.told ? bar.value + data.unit + "，" + data.notes[bar.dataIndex] : String(bar.value);
            }
          }
        };
      })
    };
  }

  function columns(look, data) {
    return {
      xAxis: axis(look, { type: "category", data: data.names, axisLabel: { color: look.ink } }),
      yAxis: axis(look, { type: "value", axisLabel: { color: look.muted, formatter: "{value}" + data.unit } }),
      series: data.series.map(function (one) {
        var look2 = one.limit ? { color: look.surface, borderColor: look.limit, borderWidth: 2, borderType: "dashed" } : {};
        return {
          type: "bar", name: one.name, data: one.values, barMaxWidth: 48, itemStyle: look2,
          label: { show: true, position: "top", color: look.ink, formatter: "{c}" + data.unit }
        };
      })
    };
  }

  var KINDS = { lines: lines, bars: bars, columns: columns };

  function draw(chart, data) {
    var look = looks();
    chart.setOption(Object.assign(base(look, data), KINDS[data.kind](look, data)), true);
  }

  function start(place) {
    var data = JSON.parse(document.getElementById(place.getAttribute("data-chart")).textContent);
    if (data.kind === "bars") place.classList.add("chart-rows-" + Math.min(4, Math.ceil(data.names.length / 5)));
    var chart = window.echarts.init(place, null, { renderer: "canvas" });
    draw(chart, data);
    drawn.push({ chart: chart, data: data });
  }

  document.querySelectorAll("[data-chart]").forEach(function (place) {
    place.hidden = false;
    start(place);
  });

  function again() {
    drawn.forEach(function (one) { draw(one.chart, one.data); });
  }

  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  if (dark.addEventListener) dark.addEventListener("change", again);
  else dark.addListener(again);
  window.addEventListener("resize", function () {
    drawn.forEach(function (one) { one.chart.resize(); });
  });
})();
