// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.tcp.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever a network does to frames short of losing all, the bytes arrive in order, once. */
class TcpProperties {

  /** Loses, doubles and delays frames by chance. */
  private static Bench.Fate bad(SeededRandom chance, int lossPercent, int delayMillis) {
    return (number, frame) -> {
      if (chance.nextInt(100) < lossPercent) {
        return Bench.LOST;
      }
      long delay = chance.nextInt(delayMillis * 1_000 + 1) * 1_000L;
      return chance.nextInt(20) == 0 ? new long[] {delay, delay / 2} : new long[] {delay};
    };
  }

  @Property(tries = 300)
  void bytes_arrive_in_order_and_once(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed,
      @ForAll @IntRange(max = 150_000) int bytes,
      @ForAll @IntRange(max = 25) int lossPercent,
      @ForAll @IntRange(max = 4) int delayMillis,
      @ForAll @IntRange(min = 500, max = 65_535) int window) {
    TcpConfig config = TcpConfig.DEFAULT.withWindow(window).withAttempts(30);
    Bench bench = new Bench(message(bytes), config, (int) seed, (int) (seed >>> 32));
    SeededRandom chance = Seed.of(seed).stream("network");
    bench.toB = bad(chance, lossPercent, delayMillis);
    bench.toA = bad(chance, lossPercent, delayMillis);

    bench.open();
    bench.runToEnd();

    assertThat(bench.source.failure).isNull();
    assertThat(bench.sink.received()).isEqualTo(message(bytes));
    assertThat(bench.source.completed).isTrue();
  }

  @Property(tries = 100)
  void what_was_acknowledged_has_arrived_wherever_the_network_dies(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed,
      @ForAll @IntRange(max = 80) int lastFrame) {
    Bench bench = new Bench(message(100_000), TcpConfig.DEFAULT, (int) seed, 7);
    bench.toB = (number, frame) -> number <= lastFrame ? Bench.ONCE : Bench.LOST;

    bench.open();
    bench.runToEnd();

    byte[] received = bench.sink.received();
    assertThat(bench.source.acknowledged).isLessThanOrEqualTo(received.length);
    assertThat(received).isEqualTo(Arrays.copyOf(message(100_000), received.length));
    if (received.length < 100_000) {
      assertThat(bench.source.failure).isEqualTo("no answer from b to 9 attempts");
    }
  }
}
