// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.MatchField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which fields the entries of a table may ask for. */
final class Support {

  static final Support ALL = new Support(EnumSet.allOf(MatchField.class));

  private final Set<MatchField> fields;

  private Support(Set<MatchField> fields) {
    this.fields = Collections.unmodifiableSet(fields);
  }

  static Support of(MatchField... fields) {
    EnumSet<MatchField> set = EnumSet.noneOf(MatchField.class);
    Collections.addAll(set, fields);
    return new Support(set);
  }

  Set<MatchField> fields() {
    return fields;
  }

  /**
   * Refuses an entry that asks for another field.
   *
   * @throws IllegalArgumentException if it does
   */
  void check(FlowEntry entry) {
    List<MatchField> others = new ArrayList<>(MatchField.in(entry.match()));
    others.removeAll(fields);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "flow table "
              + entry.table().name()
              + " does not support "
              + others
              + ", which "
              + entry
              + " asks for; it supports "
              + fields);
    }
  }
}
