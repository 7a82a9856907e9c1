// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A lab may be called from any thread, and whoever looks sees no operation half done. */
class LabThreadsTest {

  private static final int ROUNDS = 300;

  @Test
  void whoever_looks_from_another_thread_finds_the_law_intact() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      Packet query = udp().to(web).port(53).toPacket();
      List<Future<List<String>>> results = new ArrayList<>();
      results.add(threads.submit(repeat(() -> lab.wire().send(query))));
      results.add(threads.submit(repeat(() -> web.ping(lab.wire()))));
      results.add(threads.submit(repeat(() -> failover(lab))));
      results.add(threads.submit(() -> look(lab)));

      for (Future<List<String>> result : results) {
        assertThat(result.get()).isEmpty();
      }
      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(web.inbox().received()).isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<List<String>> repeat(Runnable operation) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        operation.run();
      }
      return List.of();
    };
  }

  private static void failover(Lab lab) {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").repair();
    lab.host().aggregator().switchTo("p0");
  }

  private static List<String> look(Lab lab) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      violations.addAll(lab.ledger().violations());
      if (lab.journal().entries().size() > lab.journal().size()) {
        violations.add("the journal has shrunk");
      }
    }
    return violations;
  }
}
