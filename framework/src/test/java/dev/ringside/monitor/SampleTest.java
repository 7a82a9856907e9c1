// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.monitor.MonitorBench.web;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Packets;
import dev.ringside.packet.TcpSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is contained as an attack, and looked at in samples all the same. */
class SampleTest {

  private static final Duration TICK = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final Lab lab = labs.open(h -> h.pnics(2).virtualFunctions(1).vms("web"));
  private final Monitor monitor = lab.host().monitor(web(), userMemory(slots(64)));

  private void attack(int first, int last) {
    for (int i = first; i <= last; i++) {
      lab.wire().send(syn().to(lab.vm("web")).fromPort(i));
    }
  }

  private static TcpSpec syn() {
    return web().syn();
  }

  @Test
  void leaves_what_is_contained_alone_unless_it_is_told_to_take_samples() {
    lab.host().steering().contain(syn());

    attack(1, 5);

    assertThat(monitor.captured()).isEmpty();
    assertThat(lab.host().pnic("p0").standbyRing().size()).isEqualTo(5);
  }

  @Test
  void takes_copies_of_so_many_packets_in_each_tick_and_leaves_the_packets_contained() {
    lab.host().steering().contain(syn());
    monitor.sampleContained(2, TICK);

    attack(1, 5);
    lab.advance(TICK);
    attack(6, 9);

    assertThat(web(monitor.captured())).containsExactly(1, 2, 6, 7);
    assertThat(lab.host().pnic("p0").standbyRing().size()).isEqualTo(9);
    assertThat(lab.vm("web").received()).isEmpty();
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void takes_samples_of_what_it_watches_only() {
    lab.host().steering().contain(Packets.tcp().syn());
    monitor.sampleContained(9, TICK);

    lab.wire().send(Packets.tcp().syn().to(lab.vm("web")).port(443));
    attack(1, 1);

    assertThat(web(monitor.captured())).containsExactly(1);
  }

  @Test
  void takes_samples_on_the_card_that_takes_over_and_none_once_it_is_told_so() {
    lab.host().steering().contain(syn());
    monitor.sampleContained(9, TICK);
    lab.host().pnic("p0").fail();
    attack(1, 1);
    assertThat(web(monitor.captured())).containsExactly(1);

    monitor.sampleContained(0, TICK);
    attack(2, 2);
    assertThat(web(monitor.captured())).containsExactly(1);
  }

  @Test
  void takes_no_samples_that_it_has_no_room_for() {
    Monitor small =
        lab.host()
            .monitor(
                Packets.tcp().syn(),
                userMemory(slots(2)),
                MonitorConfig.named("small").withRingCapacity(1));
    lab.host().steering().contain(syn());
    small.sampleContained(9, TICK);

    attack(1, 9);

    assertThat(web(small.captured())).containsExactly(1, 2);
    assertThat(small.lost()).isZero();
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void takes_no_samples_once_the_application_has_died() {
    lab.host().steering().contain(syn());
    monitor.sampleContained(9, TICK);
    monitor.die();

    attack(1, 1);

    assertThat(monitor.capturedInAll()).isZero();
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void refuses_numbers_that_make_no_sample() {
    assertThatThrownBy(() -> monitor.sampleContained(-1, TICK))
        .hasMessage(
            "a sample of -1 packets in PT0.001S: the number must not be negative, and the tick"
                + " positive");
    assertThatThrownBy(() -> monitor.sampleContained(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaves_contained_what_its_matcher_fails_on_and_fails_the_operation() {
    monitor.watch(
        packet -> {
          throw new IllegalStateException("no idea");
        });
    lab.host().steering().contain(syn());
    monitor.sampleContained(9, TICK);

    assertThatThrownBy(() -> attack(1, 1)).hasMessage("no idea");

    assertThat(lab.host().pnic("p0").standbyRing().size()).isEqualTo(1);
    assertThat(monitor.captured()).isEmpty();
  }
}
