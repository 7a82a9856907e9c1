// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeTest {

  @Test
  void time_moves_only_when_the_test_says_so() {
    try (Lab lab = Lab.open()) {
      // tag::advance[]
      lab.wire().send(udp().to(lab.vm("vm1")));
      assertThat(lab).hasElapsed(Duration.ZERO);

      lab.advance(Duration.ofMinutes(5)); // at once
      assertThat(lab).hasElapsed(Duration.ofMinutes(5));
      // end::advance[]
    }
  }

  // tag::agent[]
  /** Code under test: reports its virtual machine every second. */
  static final class Agent {
    final List<Instant> heartbeats = new ArrayList<>();

    Agent(ScheduledExecutorService timers, Clock clock) {
      timers.scheduleAtFixedRate(() -> heartbeats.add(clock.instant()), 1, 1, TimeUnit.SECONDS);
    }
  }

  // end::agent[]

  @Test
  void timers_of_the_code_under_test_run_in_virtual_time() {
    try (Lab lab = Lab.open()) {
      // tag::executor[]
      Agent agent = new Agent(lab.executor(), lab.clock());

      lab.advance(Duration.ofSeconds(3));

      assertThat(agent.heartbeats).hasSize(3);
      // end::executor[]
    }
  }

  @Test
  void a_negative_assertion_is_a_fact() {
    try (Lab lab = Lab.open()) {
      // tag::quiescence[]
      VirtualMachine vm1 = lab.vm("vm1");
      vm1.onUdp(53, query -> vm1.send(udp().to(lab.wire()).fromPort(53).payload("answer")));

      lab.wire().send(udp().to(vm1).port(53).payload("query"));

      // The datagram, the handler and its answer have happened; nothing else will.
      assertThat(lab.wire()).received(udp().fromPort(53)).andNothingElse();
      assertThat(lab.vm("vm2")).receivedNothing();
      // end::quiescence[]
    }
  }

  @Test
  void one_seed_is_one_run() {
    // tag::seed[]
    assertThat(journalOf(7)).isEqualTo(journalOf(7));
    assertThat(journalOf(7)).isNotEqualTo(journalOf(8));
    // end::seed[]
  }

  // tag::seed-scenario[]
  private static String journalOf(long seed) {
    LabBuilder builder = Lab.builder().seed(seed);
    builder.host("h1").virtualFunctions(1).vms("web");
    try (Lab lab = builder.open()) {
      lab.cable("p0").toHost().lose(Selector.ratio(1, 10));
      lab.wire().send(udp().to(lab.vm("web")), 1_000);
      return lab.journal().toText();
    }
  }

  // end::seed-scenario[]
}
