// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.ArrayList;
import java.util.List;

/** What a journal says of lost packets. */
public final class Drops {

  private Drops() {}

  /** Why packets were dropped, oldest first, such as {@code RING_FULL: ring web/rx ...}. */
  public static List<String> of(Journal journal) {
    List<String> drops = new ArrayList<>();
    for (JournalEntry entry : journal.entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.fate() == Hop.Fate.DROPPED) {
        drops.add(hop.reason() + ": " + hop.detail());
      }
    }
    return drops;
  }
}
