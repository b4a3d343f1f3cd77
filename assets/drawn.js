// Plain parts as one component: nested lists [tag, attributes or 0, ...children] as dashboard/components/drawn.py gives them.
// Everything goes through React's elements: a text can never become markup, an attribute never a script.
(function () {
  "use strict";
  var TAGS = ("a abbr article b br button caption code col colgroup dd details div dl dt em figcaption figure footer h1 h2 h3 h4 header hr " +
    "i li main nav ol p pre section small span strong sub summary sup table tbody td tfoot th thead time tr u ul").split(" ");
  var NEVER = /^(on|dangerously)|^(ref|key)$/;

  function region(address) {
    return new URLSearchParams(address.search).get("region");
  }

  // What Dash's own links do; but a choice within the page leaves the reader where she is reading.
  function go(event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    var target = new URL(event.currentTarget.href);
    var stays = target.pathname === window.location.pathname && region(target) === region(window.location);
    window.history.pushState({}, "", target.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (!stays) {
      window.scrollTo(0, 0);
    }
  }

  function given(attributes, leads) {
    var props = leads ? { onClick: go } : {};
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (!NEVER.test(name) && (name !== "href" || /^(\/(?!\/)|[#?])/.test(value))) {
        props[name] = value;
      }
    });
    return props;
  }

  function element(part) {
    if (!Array.isArray(part)) {
      return part;
    }
    var leads = part[0] === "link";
    var tag = leads ? "a" : part[0];
    if (TAGS.indexOf(tag) < 0) {
      return null;
    }
    var call = [tag, given(part[1], leads)];
    for (var place = 2; place < part.length; place += 1) {
      call.push(element(part[place]));
    }
    return window.React.createElement.apply(null, call);
  }

  function Drawn(props) {
    return window.React.useMemo(function () {
      return element(props.tree);
    }, [props.tree]);
  }

  window.board = Object.assign(window.board || {}, { Drawn: Drawn });
})();
