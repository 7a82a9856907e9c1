// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of JSON as the browser's answers need: the first member of a name. */
final class Json {

  private Json() {}

  /** The first text of this name, empty if there is none. */
  static String text(String json, String name) {
    String before = "\"" + name + "\":\"";
    int start = json.indexOf(before);
    StringBuilder text = new StringBuilder();
    int at = start < 0 ? json.length() : start + before.length();
    while (at < json.length() && json.charAt(at) != '"') {
      boolean escape = json.charAt(at) == '\\';
      if (escape && json.charAt(at + 1) == 'u') {
        text.append((char) Integer.parseInt(json.substring(at + 2, at + 6), 16));
        at += 6;
      } else if (escape) {
        int plain = "nt".indexOf(json.charAt(at + 1));
        text.append(plain < 0 ? json.charAt(at + 1) : "\n\t".charAt(plain));
        at += 2;
      } else {
        text.append(json.charAt(at++));
      }
    }
    return text.toString();
  }

  /** The first number of this name, -1 if there is none. */
  static long number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":(-?[0-9]+)").matcher(json);
    return found.find() ? Long.parseLong(found.group(1)) : -1;
  }

  /** A text as JSON. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
