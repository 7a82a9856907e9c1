// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.repeatable;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One method for each way in which two runs with one seed come to differ. */
final class Unrepeatable {
  private Unrepeatable() {}

  static long nanoTime() {
    return System.nanoTime();
  }

  static long currentTimeMillis() {
    return System.currentTimeMillis();
  }

  static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }

  static Instant now() {
    return Instant.now();
  }

  static Clock systemClock() {
    return Clock.systemUTC();
  }

  static int identityHashCode() {
    return System.identityHashCode("");
  }

  static double mathRandom() {
    return Math.random();
  }

  static UUID randomUuid() {
    return UUID.randomUUID();
  }

  static int random() {
    return new Random(1).nextInt();
  }

  static int threadLocalRandom() {
    return ThreadLocalRandom.current().nextInt();
  }

  static Map<String, String> hashMap() {
    return new HashMap<>();
  }

  static Supplier<Set<String>> hashSetByReference() {
    return HashSet::new;
  }

  static Map<String, String> identityHashMap() {
    return new IdentityHashMap<>();
  }

  static Map<String, String> concurrentHashMap() {
    return new ConcurrentHashMap<>();
  }

  static Set<String> concurrentSet() {
    return ConcurrentHashMap.newKeySet();
  }

  static Set<String> saltedSet() {
    return Set.of("a", "b");
  }

  static Set<String> saltedSetOfMany(String... many) {
    return Set.of(many);
  }

  static Map<String, String> saltedMap(Map<String, String> map) {
    return Map.copyOf(map);
  }

  static Set<String> collectedSet() {
    return Stream.of("a").collect(Collectors.toSet());
  }

  static Map<String, String> collectedMap() {
    return Stream.of("a").collect(Collectors.toMap(key -> key, key -> key));
  }
}
