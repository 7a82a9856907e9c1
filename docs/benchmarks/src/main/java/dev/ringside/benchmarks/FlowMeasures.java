// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.List;

/** What is measured of flow tables. */
final class FlowMeasures {
  /** Against a map from five-tuples, in the same run: absolute times say more of the machine. */
  private static final double ONE_MASK = 4;

  private static final double EIGHT_MASKS = 8;
  private static final double THIRTY_MASKS = 24;
  private static final double A_MILLION = 2;

  static final List<Measure> ALL =
      List.of(
          find("1 entry, exact", "1/1/0", ONE_MASK),
          find("16 entries, exact", "16/1/0", ONE_MASK),
          find("1k entries, exact", "1000/1/0", ONE_MASK),
          find("10k entries, exact", "10000/1/0", ONE_MASK),
          find("100k entries, exact", "100000/1/0", ONE_MASK),
          find("1M entries, exact", "1000000/1/0", A_MILLION * ONE_MASK),
          find("1 entry, 8 masks", "1/8/0", EIGHT_MASKS),
          find("16 entries, 8 masks", "16/8/0", EIGHT_MASKS),
          find("1k entries, 8 masks", "1000/8/0", EIGHT_MASKS),
          find("10k entries, 8 masks", "10000/8/0", EIGHT_MASKS),
          find("100k entries, 8 masks", "100000/8/0", EIGHT_MASKS),
          find("1M entries, 8 masks", "1000000/8/0", A_MILLION * EIGHT_MASKS),
          find("1 entry, 30 masks", "1/30/0", THIRTY_MASKS),
          find("16 entries, 30 masks", "16/30/0", THIRTY_MASKS),
          find("1k entries, 30 masks", "1000/30/0", THIRTY_MASKS),
          find("10k entries, 30 masks", "10000/30/0", THIRTY_MASKS),
          find("100k entries, 30 masks", "100000/30/0", THIRTY_MASKS),
          find("1M entries, 30 masks", "1000000/30/0", A_MILLION * THIRTY_MASKS),
          find("16 functions before 10k entries, 8 masks", "10000/8/16", EIGHT_MASKS + 2),
          compare("100k entries against 1k, 8 masks", "100000/8/0", "1000/8/0", 4),
          compare("1M entries against 1k, exact", "1000000/1/0", "1000/1/0", 2),
          Measure.allocation(
              "flow table: 100k entries, 8 masks, bytes allocated",
              "FlowLookupBenchmark.find(100000/8/0)",
              0.2),
          Measure.ratio(
              "flow table: inserting 100k entries, against putting as many keys into a HashMap",
              "FlowChangeBenchmark.insert",
              "FlowChangeBenchmark.put",
              10),
          Measure.ratio(
              "flow table: replacing an entry of 100k, against one of 1k",
              "FlowChangeBenchmark.replaceOf100k",
              "FlowChangeBenchmark.replaceOf1k",
              3));

  private FlowMeasures() {}

  private static Measure find(String what, String table, double budget) {
    return Measure.ratio("flow table: " + what, name(table), "FlowMapBenchmark.find", budget);
  }

  private static Measure compare(String what, String table, String baseline, double budget) {
    return Measure.ratio("flow table: " + what, name(table), name(baseline), budget);
  }

  private static String name(String table) {
    return "FlowLookupBenchmark.find(" + table + ")";
  }
}
