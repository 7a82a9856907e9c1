// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.repeatable;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is not banned. */
final class Repeatable {
  private Repeatable() {}

  static Instant now(Clock clock) {
    return Instant.now(clock);
  }

  static Map<String, String> linkedHashMap() {
    return new LinkedHashMap<>(Map.of());
  }

  static Set<String> setOfOne() {
    return Set.of("a");
  }

  static Map<String, String> mapOfOne() {
    return Map.of("a", "b");
  }

  static List<String> list() {
    return List.of("a", "b", "c");
  }

  static Map<String, String> collectedMap() {
    return Stream.of("a")
        .collect(Collectors.toMap(key -> key, key -> key, (a, b) -> a, TreeMap::new));
  }
}
