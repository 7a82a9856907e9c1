// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line of the report; baseline and ratio are null where nothing is compared. */
record Row(
    String name,
    double score,
    String unit,
    @Nullable Double baseline,
    @Nullable Double ratio,
    double budget) {

  static final String HEADER = "name,score,unit,baseline,ratio,budget";

  boolean isWithinBudget() {
    return (ratio == null ? score : ratio) <= budget;
  }

  /** Names are free of quotes; they stand in quotes because they may have commas. */
  String toCsv() {
    return String.join(
        ",",
        '"' + name + '"',
        number(score),
        unit,
        number(baseline),
        number(ratio),
        number(budget));
  }

  /** As {@link #toCsv} writes it. */
  static Row ofCsv(String line) {
    int end = line.lastIndexOf('"');
    String[] values = line.substring(end + 2).split(",", -1);
    return new Row(
        line.substring(1, end),
        Double.parseDouble(values[0]),
        values[1],
        numberOrNull(values[2]),
        numberOrNull(values[3]),
        Double.parseDouble(values[4]));
  }

  private static @Nullable Double numberOrNull(String text) {
    return text.isEmpty() ? null : Double.valueOf(text);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
