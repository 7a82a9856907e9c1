// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, written in columns: words to the left, numbers to the right. */
final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      int start = text.length();
      for (int column = 0; column < row.size(); column++) {
        append(text, row.get(column), width(column));
      }
      trimFrom(text, start);
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    int width = 0;
    for (List<String> row : rows) {
      if (column < row.size()) {
        width = Math.max(width, row.get(column).length());
      }
    }
    return width;
  }

  private static void append(StringBuilder text, String cell, int width) {
    boolean number = !cell.isEmpty() && Character.isDigit(cell.charAt(cell.length() - 1));
    boolean rightAligned = number && Character.isDigit(cell.charAt(0));
    String padding = " ".repeat(width - cell.length());
    text.append(rightAligned ? padding + cell : cell + padding).append("  ");
  }

  private static void trimFrom(StringBuilder text, int start) {
    int end = text.length();
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
  }
}
