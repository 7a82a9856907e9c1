// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.properties.bandwidth.Bench.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** A guest is held to its bandwidth, whatever path its packets take. */
class BandwidthProperties {

  private enum What {
    SEND,
    TICK,
    LIMIT,
    PAUSE,
    RESUME
  }

  private record Step(What what, int vm, int other, int number) {}

  @Provide
  Arbitrary<List<Step>> traffic() {
    return scripts(List.of(Tuple.of(6, What.SEND), Tuple.of(1, What.TICK)));
  }

  @Provide
  Arbitrary<List<Step>> anything() {
    return scripts(
        List.of(
            Tuple.of(10, What.SEND),
            Tuple.of(3, What.TICK),
            Tuple.of(1, What.LIMIT),
            Tuple.of(2, What.PAUSE),
            Tuple.of(2, What.RESUME)));
  }

  private static Arbitrary<List<Step>> scripts(List<Tuple.Tuple2<Integer, What>> kinds) {
    return Combinators.combine(
            Arbitraries.frequency(kinds),
            Arbitraries.integers().between(0, Bench.VMS - 1),
            Arbitraries.integers().between(1, Bench.VMS - 1),
            Arbitraries.integers().between(0, 1_400))
        .as((what, vm, away, number) -> new Step(what, vm, (vm + away) % Bench.VMS, number))
        .list()
        .ofMaxSize(60)
        .withoutEdgeCases();
  }

  /** Whoever sends and whoever receives: one of them is limited, and a twin says what passes. */
  private static void sameAsTwin(Path path, List<Step> script, long limit, boolean sender) {
    try (Bench bench = new Bench(path)) {
      bench.limit(sender ? 0 : 1, limit);
      LimitTwin twin = new LimitTwin(limit);
      for (Step step : script) {
        if (step.what == What.TICK) {
          bench.nextTick();
          twin.nextTick();
        } else {
          int length = bench.send(0, 1, step.number);
          twin.offer(bench.number(), length);
        }
        assertThat(bench.received(1, 0)).isEqualTo(twin.passed());
        assertThat(bench.lost()).isEqualTo(twin.lost());
      }
    }
  }

  @Property(tries = 100)
  void what_a_guest_sends_is_what_the_rule_lets_pass(
      @ForAll Path path,
      @ForAll("traffic") List<Step> script,
      @ForAll @LongRange(min = 100, max = 4_000) long limit) {
    sameAsTwin(path, script, limit, true);
  }

  @Property(tries = 100)
  void what_a_guest_receives_is_what_the_rule_lets_pass(
      @ForAll Path path,
      @ForAll("traffic") List<Step> script,
      @ForAll @LongRange(min = 100, max = 4_000) long limit) {
    sameAsTwin(path, script, limit, false);
  }

  @Property(tries = 150)
  void no_tick_has_more_than_it_may_and_nothing_else_is_lost(
      @ForAll Path path,
      @ForAll("anything") List<Step> script,
      @ForAll @LongRange(min = 100, max = 4_000) long limit) {
    try (Bench bench = new Bench(path)) {
      long[] limits = new long[Bench.VMS];
      long[] used = new long[Bench.VMS];
      for (int vm = 0; vm < Bench.VMS; vm++) {
        limits[vm] = limit;
        bench.limit(vm, limit);
      }
      for (Step step : script) {
        happen(bench, step, limits, used);
        for (int vm = 0; vm < Bench.VMS; vm++) {
          List<Packet> received = bench.newlyReceived(vm);
          assertThat(received.isEmpty() || !bench.vm(vm).isPaused()).isTrue();
          withinLimit(received, limits, used, vm);
        }
        assertThat(bench.lab().ledger().violations()).isEmpty();
      }
      settle(bench);
      assertThat(bench.lab().ledger().live()).isZero();
      assertThat(bench.dropped()).isEqualTo(bench.lost());
      int received = 0;
      for (int vm = 0; vm < Bench.VMS; vm++) {
        received += receivedInOrder(bench, vm);
      }
      assertThat(received + bench.lost()).isEqualTo(bench.number());
    }
  }

  private static void happen(Bench bench, Step step, long[] limits, long[] used) {
    switch (step.what) {
      case SEND -> bench.send(step.vm, step.other, step.number);
      case PAUSE -> bench.vm(step.vm).pause();
      case RESUME -> bench.vm(step.vm).resume();
      case TICK -> {
        bench.nextTick();
        Arrays.fill(used, 0);
      }
      default -> {
        bench.nextTick(); // a limit that changes begins a tick
        Arrays.fill(used, 0);
        for (int vm = 0; vm < Bench.VMS; vm++) {
          withinLimit(bench.newlyReceived(vm), limits, used, vm);
        }
        used[step.vm] = 0;
        limits[step.vm] = 100 + step.number;
        bench.limit(step.vm, limits[step.vm]);
      }
    }
  }

  private static void withinLimit(List<Packet> received, long[] limits, long[] used, int vm) {
    for (Packet packet : received) {
      assertThat(used[vm] == 0 || used[vm] + packet.length() <= limits[vm])
          .as("%d bytes and %d more in a tick of %d", used[vm], packet.length(), limits[vm])
          .isTrue();
      used[vm] += packet.length();
    }
  }

  private static void settle(Bench bench) {
    for (int vm = 0; vm < Bench.VMS; vm++) {
      bench.vm(vm).resume();
    }
    for (int vm = 0; vm < Bench.VMS; vm++) {
      bench.limit(vm, null);
    }
  }

  private static int receivedInOrder(Bench bench, int vm) {
    int received = 0;
    for (int from = 0; from < Bench.VMS; from++) {
      List<Integer> numbers = bench.received(vm, from);
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
      received += numbers.size();
    }
    return received;
  }
}
