// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.Attack;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.steering.ContainmentPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is contained comes last. */
class QuarantineProperties {

  private static final Duration TICK = Duration.ofMillis(1);

  /** What happens before a tick. */
  private enum Step {
    FLOOD,
    GOOD,
    PAUSE,
    RESUME,
    TICK
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Arbitraries.of(Step.values()).list().ofMaxSize(60);
  }

  @Property(tries = 300)
  void a_tick_takes_at_most_the_budget_and_nothing_while_anything_good_waits( // 6
      @ForAll("scripts") List<Step> script,
      @ForAll boolean direct,
      @ForAll @IntRange(min = 1, max = 5) int budget) {
    try (Lab lab = Steered.lab(direct, 1, NicConfig.DEFAULT)) {
      List<Packet> pulled = new ArrayList<>();
      List<Packet> flood = new ArrayList<>();
      List<Long> waitingWhenPulled = new ArrayList<>();
      lab.host()
          .steering()
          .contain(
              Attack.UDP_FLOOD.signature(lab.vm("web")),
              ContainmentPolicy.lowPriority(
                  budget,
                  TICK,
                  packet -> {
                    pulled.add(packet);
                    waitingWhenPulled.add(lab.host().pnic("p0").waitingToBeServed());
                  }));
      for (Step step : script) {
        int before = pulled.size();
        carryOut(lab, step, flood);
        int most = step == Step.TICK ? budget : 0;
        assertThat(pulled.size() - before).isBetween(0, most);
        assertThat(lab.vm("web").received()).noneMatch(packet -> Steered.isAttack(lab, packet));
      }
      lab.vm("web").resume();
      lab.advance(TICK.multipliedBy(flood.size() + 1L));

      assertThat(waitingWhenPulled).allMatch(waiting -> waiting == 0);
      assertThat(pulled).isEqualTo(flood);
      assertThat(lab.host().pnic("p0").standbyRing().interrupts()).isZero();
    }
  }

  @Property(tries = 50)
  void attacks_that_share_a_quarantine_share_its_budget(
      @ForAll @IntRange(min = 1, max = 5) int budget, @ForAll @IntRange(max = 12) int each) {
    try (Lab lab = Steered.lab(true, 1, NicConfig.DEFAULT.withStandbyRings(2))) {
      List<Packet> pulled = new ArrayList<>();
      ContainmentPolicy policy =
          ContainmentPolicy.lowPriority(budget, TICK, pulled::add).withSharedRing();
      List<Attack> attacks = List.of(Attack.UDP_FLOOD, Attack.SYN_FLOOD);
      for (Attack attack : attacks) {
        lab.host().steering().contain(attack.signature(lab.vm("web")), policy);
        for (int i = 0; i < each; i++) {
          lab.wire().send(attack.packet(lab.vm("web"), i));
        }
      }
      for (int ticks = 1; ticks <= 2 * each; ticks++) {
        lab.advance(TICK);
        assertThat(pulled).hasSize(Math.min(ticks * budget, 2 * each));
      }
    }
  }

  private static void carryOut(Lab lab, Step step, List<Packet> flood) {
    switch (step) {
      case FLOOD ->
          flood.add(lab.wire().send(Attack.UDP_FLOOD.packet(lab.vm("web"), flood.size())));
      case GOOD -> lab.wire().send(udp().to(lab.vm("web")).port(53));
      case PAUSE -> lab.vm("web").pause();
      case RESUME -> lab.vm("web").resume();
      case TICK -> lab.advance(TICK);
    }
  }
}
