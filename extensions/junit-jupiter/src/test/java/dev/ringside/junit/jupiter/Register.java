// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the cases of a test write down which labs they were given. */
final class Register {

  private static final Map<String, List<Lab>> ALL = new LinkedHashMap<>();

  private Register() {}

  /** Writes a lab down, which must be open. */
  static void see(Object where, Lab lab) {
    assertThat(lab.world().isClosed()).as("closed at " + where).isFalse();
    synchronized (ALL) {
      String key = where instanceof String text ? text : where.getClass().getSimpleName();
      ALL.computeIfAbsent(key, one -> new ArrayList<>()).add(lab);
    }
  }

  /** The labs that were written down under a name; they are forgotten. */
  static List<Lab> take(String where) {
    synchronized (ALL) {
      List<Lab> labs = ALL.remove(where);
      return labs == null ? List.of() : labs;
    }
  }
}
