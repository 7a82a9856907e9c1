// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells, written in columns: words to the left, numbers to the right. What is too long is
 * cut, and what would not stay on its line is replaced, so that a table stays a table.
 */
final class TextTable {

  /** So many rows are shown, the head among them; of the others there is only the number. */
  static final int MAX_ROWS = 257;

  private static final int MAX_CELL = 96;

  private final List<List<String>> rows = new ArrayList<>();
  private int more;

  TextTable row(Object... cells) {
    if (rows.size() == MAX_ROWS) {
      more++;
      return this;
    }
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(clean(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  /** Whether there is nothing below the head. */
  boolean isEmpty() {
    return rows.size() < 2;
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < MAX_CELL; i++) {
      char c = text.charAt(i);
      clean.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > MAX_CELL ? clean.append("..").toString() : clean.toString();
  }

  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      int start = text.length();
      for (int column = 0; column < row.size(); column++) {
        append(text, row.get(column), widths[column]);
      }
      trimFrom(text, start);
      text.append('\n');
    }
    if (more > 0) {
      text.append("... and ").append(more).append(" more\n");
    }
    return text.toString();
  }

  /** As many lines of a text as a table has rows, and the number of the others. */
  static String bounded(CharSequence text) {
    int lines = 0;
    int end = text.length();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' && ++lines == MAX_ROWS) {
        end = i + 1;
      }
    }
    String most = text.subSequence(0, end).toString();
    return lines > MAX_ROWS ? most + "... and " + (lines - MAX_ROWS) + " more\n" : most;
  }

  private int[] widths() {
    int columns = 0;
    for (List<String> row : rows) {
      columns = Math.max(columns, row.size());
    }
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static void append(StringBuilder text, String cell, int width) {
    String padding = " ".repeat(width - cell.length());
    text.append(isNumber(cell) ? padding + cell : cell + padding).append("  ");
  }

  private static boolean isNumber(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      if (!Character.isDigit(cell.charAt(i))) {
        return false;
      }
    }
    return !cell.isEmpty();
  }

  private static void trimFrom(StringBuilder text, int start) {
    int end = text.length();
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
  }
}
