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

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
