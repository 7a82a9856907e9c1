// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One page in a browser, and what a reader would complain about. */
final class BrowserPage {

  private static final int TALL = 8_000;

  /** Of each word its colour and the nearest ground behind it; gives the worst pair. */
  private static final String CONTRAST =
      """
      (() => {
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgba = css => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css;
          canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
        const light = c => { const l = c.slice(0, 3).map(v => v / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
        const ratio = (a, b) => { const x = light(a), y = light(b);
          return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
        const isSvg = e => e instanceof SVGElement && e.tagName !== 'svg';
        const ground = e => { const s = getComputedStyle(e);
          if (isSvg(e)) return ['rect', 'polygon', 'path', 'circle'].includes(e.tagName)
            && s.fill !== 'none' ? rgba(s.fill) : [0, 0, 0, 0];
          return rgba(s.backgroundColor); };
        let worst = 99, where = '', words = 0;
        const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (all.nextNode()) {
          const text = all.currentNode, e = text.parentElement;
          if (!text.data.trim() || ['STYLE', 'TITLE', 'title', 'style'].includes(e.tagName)) continue;
          const range = document.createRange(); range.selectNodeContents(text);
          const box = range.getClientRects()[0];
          if (!box || !box.width || !box.height) continue;
          const stack = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          if (!stack.includes(e)) continue;
          words++;
          const ink = rgba(isSvg(e) ? getComputedStyle(e).fill : getComputedStyle(e).color);
          const behind = stack.map(ground).find(c => c[3] > 250) || [255, 255, 255, 255];
          const r = ratio(ink, behind);
          if (r < worst) { worst = r; where = text.data.trim().slice(0, 40); }
        }
        return words + ' words, worst ' + worst.toFixed(2) + ' at ' + where;
      })()
      """;

  private final DevTools tools;
  private final String session;

  BrowserPage(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      send(domain + ".enable", "{}");
    }
  }

  private String send(String method, String parameters) {
    return tools.send(method, parameters, session);
  }

  /** A window of this width, in light or dark. */
  BrowserPage window(int width, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":"
            + width
            + ",\"height\":"
            + TALL
            + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    send(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
            + (dark ? "dark" : "light")
            + "\"}]}");
    return this;
  }

  /** As if the page's own policy forbade nothing: what then runs was let in. */
  BrowserPage withoutPolicy() {
    send("Page.setBypassCSP", "{\"enabled\":true}");
    return this;
  }

  /** Opens a file, with all that is folded unfolded. */
  BrowserPage open(Path file) {
    send("Page.navigate", "{\"url\":" + Json.quoted(file.toUri().toString()) + "}");
    tools.await("Page.loadEventFired", session);
    return this;
  }

  void unfold() {
    evaluate("document.querySelectorAll('details').forEach(d => d.open = true), ''");
  }

  /** What an expression gives, as text. */
  String evaluate(String expression) {
    return Json.text(
        send(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"expression\":"
                + Json.quoted("String(" + expression.strip() + ")")
                + "}"),
        "value");
  }

  /** All that was asked for but the page itself. */
  List<String> requests(Path file) {
    List<String> requests = new ArrayList<>();
    for (String event : tools.events("Network.requestWillBeSent", session)) {
      String url = Json.text(event.substring(event.indexOf("\"request\":")), "url");
      if (!url.equals(file.toUri().toString())) {
        requests.add(url);
      }
    }
    return requests;
  }

  /** All that the browser or a script has said, exceptions and dialogs among it. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    complaints.addAll(tools.events("Runtime.consoleAPICalled", session));
    complaints.addAll(tools.events("Runtime.exceptionThrown", session));
    complaints.addAll(tools.events("Log.entryAdded", session));
    complaints.addAll(tools.events("Page.javascriptDialogOpening", session));
    return complaints;
  }

  /** By how many pixels the page is wider than its window. */
  int excess() {
    return Integer.parseInt(
        evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
  }

  /** How many words were looked at, and the worst contrast of them. */
  String contrast() {
    return evaluate(CONTRAST);
  }

  double worstContrast() {
    String found = contrast();
    return Double.parseDouble(found.replaceAll(".*worst ([0-9.]+) at .*", "$1"));
  }

  void screenshot(Path file) throws IOException {
    int height =
        Integer.parseInt(evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)"));
    int width = Integer.parseInt(evaluate("document.documentElement.clientWidth"));
    String taken =
        send(
            "Page.captureScreenshot",
            "{\"clip\":{\"x\":0,\"y\":0,\"width\":"
                + width
                + ",\"height\":"
                + Math.min(height, TALL)
                + ",\"scale\":1}}");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(Json.text(taken, "data")));
  }
}
