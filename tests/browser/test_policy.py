"""What the pages' security policy refuses, tried in the page itself; that it hinders nothing of ours all tests show."""

import pytest

from tests.browser.board import Board

pytestmark = pytest.mark.browser
SNEAKED = """() => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective));
  const written = document.createElement("script");
  written.textContent = "window.ran = true";
  document.body.append(written);
  document.body.insertAdjacentHTML("beforeend", "<button id=sneaked onclick='window.ran = true'></button>");
  document.getElementById("sneaked").click();
  const elsewhere = document.createElement("script");
  elsewhere.src = "data:text/javascript,window.ran = true";
  document.body.append(elsewhere);
  let evaluated = "refused";  // later, as the page's own: what the test itself evaluates is exempt
  setTimeout(() => { try { evaluated = new Function("return 'ran'")(); } catch (error) {} });
  return fetch("http://203.0.113.1/").catch(() => {})
    .then(() => new Promise(told => setTimeout(told, 100)))
    .then(() => ({ran: Boolean(window.ran), evaluated, refused: [...new Set(refused)].sort()}));
}"""


@pytest.mark.parametrize("path", ["/loans", "/sign-in"])
def test_a_script_that_slipped_into_a_page_does_not_run(board: Board, path: str) -> None:
    board.page.goto(board.address + path)
    found = board.page.evaluate(SNEAKED)
    assert (found["ran"], found["evaluated"]) == (False, "refused")
    assert {"connect-src", "script-src-attr", "script-src-elem"} <= set(found["refused"])
    board.faults.clear()  # each refusal is an error in the console: they are what was looked for
