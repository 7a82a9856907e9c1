// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Packets;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A lab may be called by several threads: its operations then happen one after the other. */
class ThreadsTest {

  private static final int ROUNDS = 300;

  @Test
  void several_threads_leave_the_laws_intact() throws Exception {
    try (Lab lab = Lab.open()) {
      lab.cable("p0").toNetwork().setBandwidth(10_000_000);
      VirtualMachine one = lab.vm("vm1");
      VirtualMachine two = lab.vm("vm2");
      List<Callable<Void>> work = new ArrayList<>();
      work.add(repeat(() -> one.send(Packets.udp().to(two).port(7).payload("n"))));
      work.add(repeat(() -> two.ping(lab.wire())));
      work.add(repeat(() -> lab.wire().send(Packets.udp().to(one).port(9).payload("n"))));
      work.add(repeat(() -> lab.advance(Duration.ofNanos(100_000))));
      work.add(
          repeat(
              () -> {
                lab.host().pnic("p0").fail();
                lab.host().pnic("p0").repair();
                lab.host()
                    .aggregator()
                    .switchTo("p0"); // here, where nobody makes it fail meanwhile
              }));
      work.add(
          repeat(
              () -> {
                lab.host().aggregator().state();
                one.received();
              }));
      runAll(work);
      lab.advance(Duration.ofMinutes(1));

      TestLabs.checkLaws(lab);
      assertThat(lab.ledger().injected()).isGreaterThanOrEqualTo(3L * ROUNDS);
      assertThat(lab.ledger().live()).isZero();
    }
  }

  @Test
  void what_an_operation_throws_is_thrown_in_its_own_thread() throws Exception {
    try (Lab lab = Lab.open()) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String mine = "thread " + thread;
        work.add(
            repeat(
                () -> {
                  try {
                    lab.executor()
                        .execute(
                            () -> {
                              throw new IllegalStateException(mine);
                            });
                  } catch (IllegalStateException e) {
                    assertThat(e).hasMessage(mine).hasNoSuppressedExceptions();
                    return;
                  }
                  throw new AssertionError("not thrown in " + mine);
                }));
        work.add(repeat(() -> lab.note(mine)));
      }
      runAll(work);

      assertThat(lab.journal().events(EventKind.OPERATION_FAILED)).hasSize(4 * ROUNDS);
      assertThat(lab.journal().events(EventKind.NOTE))
          .hasSize(4 * ROUNDS)
          .contains(Event.of(EventKind.NOTE, "thread 3"));
    }
  }

  private static Callable<Void> repeat(Runnable operation) {
    return Executors.callable(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            operation.run();
          }
        },
        null);
  }

  private static void runAll(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> result : threads.invokeAll(work)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
