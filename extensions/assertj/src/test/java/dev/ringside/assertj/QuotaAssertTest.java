// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.memory.Quota;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** web may use 3,000 bytes; frames have 1,442. */
class QuotaAssertTest {

  private final Lab lab = Labs.oneNic();
  private final Host host = lab.host();
  private final VirtualMachine web = host.vm("web");
  private final Quota quota = host.memory().reserve("web", bytes(3_000));

  @AfterEach
  void close() {
    lab.close();
  }

  private void send(int packets) {
    lab.wire().send(udp().to(web).port(53).payloadSize(1_400), packets);
  }

  // ---- quotas ----

  @Test
  void reads_as_the_sentence_that_it_is() {
    send(3);
    assertThat(host.memory().quota("web")).isWaiting().forBytes(1_442).hasUsed(2_884);
    web.inbox().release(1);
    assertThat(web).received(3);
    assertThat(quota)
        .isNotWaiting()
        .hasUsed(2_884)
        .hasFree(116)
        .hasLimit(3_000)
        .hasLive(2)
        .hasWaiters(0)
        .hasNeverUsedMoreThan(3_000);
  }

  @Test
  void waiting_fails_where_nothing_waits() {
    send(1);
    fails(
        () -> assertThat(quota).isWaiting(),
        """
        Expecting quota of web
          to be waiting
          but it is not: quota of web: 1442 of 3000 bytes in use by 1

                     0 ns  h1: created quota web, limit 3000

        Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void waiting_for_nobody_fails_where_somebody_waits() {
    send(3);
    fails(
        () -> assertThat(quota).isNotWaiting(),
        """
        Expecting quota of web
          to be waited for by nobody
          but it is by [p0/vf0/rx0 waits for 1442 bytes of memory of web since PT0S, until a release of memory of web, or a higher limit]

                     0 ns  h1: created quota web, limit 3000
                     0 ns  h1: request waits memory of web, 1442 bytes

        Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void other_amounts_fail() {
    fails(
        () -> assertThat(quota).forBytes(1_442),
        """
        Expecting quota of web
          to be waiting for 1442 bytes
          but it is not waiting: quota of web: 0 of 3000 bytes in use by 0

                     0 ns  h1: created quota web, limit 3000

        Replay with @LabSeed(0x5eedL)""");
    send(3);
    fails(
        () -> assertThat(quota).isWaiting().forBytes(1_400),
        """
        Expecting quota of web
          to be waiting for 1400 bytes
          but it is waiting for 1442

                     0 ns  h1: created quota web, limit 3000
                     0 ns  h1: request waits memory of web, 1442 bytes

        Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void other_numbers_fail() {
    fails(() -> assertThat(quota).hasUsed(1), message("1 bytes in use", "0"));
    fails(() -> assertThat(quota).hasFree(1), message("1 bytes free", "3000"));
    fails(() -> assertThat(quota).hasLimit(1), message("1 bytes as its limit", "3000"));
    fails(() -> assertThat(quota).hasLive(1), message("1 packets and blocks in memory", "0"));
    fails(() -> assertThat(quota).hasWaiters(1), message("1 waiters", "0"));
  }

  private static String message(String wanted, String found) {
    return """
    Expecting quota of web
      to have %s
      but it has %s: quota of web: 0 of 3000 bytes in use by 0

                 0 ns  h1: created quota web, limit 3000

    Replay with @LabSeed(0x5eedL)"""
        .formatted(wanted, found);
  }

  @Test
  void having_used_more_fails() {
    send(2);
    fails(
        () -> assertThat(quota).hasNeverUsedMoreThan(2_000),
        """
        Expecting quota of web
          to have never more than 2000 bytes in use
          but it has had 2884

                     0 ns  h1: created quota web, limit 3000

        Replay with @LabSeed(0x5eedL)""");
  }

  // ---- waiters ----

  @Test
  void a_waiter_is_what_it_is() {
    lab.advance(Duration.ofMillis(5));
    send(3);
    Waiter waiter = lab.waiters().get(0);
    assertThat(waiter)
        .isWaiting()
        .isOwnedBy("p0/vf0/rx0")
        .hasAmount(1_442)
        .hasWaitedSince(Duration.ofMillis(5))
        .isWokenBy("a release of memory of web");
    web.inbox().release(1);
    assertThat(waiter).isGranted();
    send(1);
    lab.expectDrops(DropReason.CANCELLED);
    Waiter other = lab.waiters().get(0);
    other.cancel();
    assertThat(other).isCancelled();
  }

  @Test
  void a_waiter_is_not_what_it_is_not() {
    send(3);
    Waiter waiter = lab.waiters().get(0);
    fails(() -> assertThat(waiter).isGranted(), waiterMessage("be granted", "is waiting"));
    fails(() -> assertThat(waiter).isCancelled(), waiterMessage("be cancelled", "is waiting"));
    fails(
        () -> assertThat(waiter).isOwnedBy("web"),
        waiterMessage("have owner web", "has owner p0/vf0/rx0"));
    fails(() -> assertThat(waiter).hasAmount(7), waiterMessage("have amount 7", "has amount 1442"));
    fails(
        () -> assertThat(waiter).hasWaitedSince(Duration.ofSeconds(1)),
        waiterMessage("have begin PT1S", "has begin PT0S"));
    fails(
        () -> assertThat(waiter).isWokenBy("magic"),
        waiterMessage(
            "be woken by magic", "is woken by a release of memory of web, or a higher limit"));
    web.inbox().release(1);
    fails(() -> assertThat(waiter).isWaiting(), waiterMessage("be waiting", "is granted"));
  }

  private static String waiterMessage(String wanted, String found) {
    return """
    Expecting request of p0/vf0/rx0 for memory of web
      to %s
      but it %s"""
        .formatted(wanted, found);
  }

  // ---- labs ----

  @Test
  void a_lab_has_waiters_or_none() {
    assertThat(lab).hasNoWaiters().hasWaiters(0);
    send(3);
    assertThat(lab).hasWaiters(1);
    fails(
        () -> assertThat(lab).hasNoWaiters(),
        """
        Expecting lab
          to have nobody who waits
          but it has 1: [p0/vf0/rx0 waits for 1442 bytes of memory of web since PT0S, until a release of memory of web, or a higher limit]

        Replay with @LabSeed(0x5eedL)""");
    fails(
        () -> assertThat(lab).hasWaiters(2),
        """
        Expecting lab
          to have 2 who wait
          but it has 1: [p0/vf0/rx0 waits for 1442 bytes of memory of web since PT0S, until a release of memory of web, or a higher limit]

        Replay with @LabSeed(0x5eedL)""");
  }
}
